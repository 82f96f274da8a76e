import { istioKinds } from "../../../../istio/generated/kinds.ts";
import { gatewayApiDefinition } from "../../../../istio/gatewayApi.ts";
import { builtInKinds, isIstioKind } from "../../../../istio/kinds.ts";
import type { Kind } from "../../../model/mesh.ts";

interface Served {
  /** Empty for the core group. */
  readonly group: string;
  readonly versions: readonly string[];
}

/** The group of a kind, and the versions of it that the API server serves, the one to write first; nothing of other people's kinds. */
export function servedVersions(kind: Kind): Served | undefined {
  if (isIstioKind(kind)) return istioKinds[kind];
  for (const [group, { kinds, versions }] of builtInKinds)
    if (kinds.some((one) => one === kind)) return { group, versions };
  const definition = gatewayApiDefinition(kind);
  return definition && { group: "gateway.networking.k8s.io", versions: definition.versions };
}

/** What to write as `apiVersion` of a kind. */
export function servedApiVersions(kind: Kind): string[] {
  const { group = "", versions = [] } = servedVersions(kind) ?? {};
  return versions.map((version) => (group === "" ? version : `${group}/${version}`));
}
