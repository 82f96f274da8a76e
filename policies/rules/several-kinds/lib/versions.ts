import { istioKinds } from "../../../../istio/generated/kinds.ts";
import { gatewayApiDefinition } from "../../../../istio/gatewayApi.ts";
import { isIstioKind } from "../../../../istio/kinds.ts";
import type { Kind } from "../../../model/mesh.ts";

/** The group of a kind, and the versions of it that the API server serves; nothing of other people's kinds. */
export function servedVersions(
  kind: Kind,
): { readonly group: string; readonly versions: readonly string[] } | undefined {
  if (isIstioKind(kind)) return istioKinds[kind];
  const definition = gatewayApiDefinition(kind);
  return definition && { group: "gateway.networking.k8s.io", versions: definition.versions };
}
