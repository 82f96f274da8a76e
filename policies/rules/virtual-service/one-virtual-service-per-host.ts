import { UNKNOWN, type Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { overlap, qualified } from "../../../istio/hosts.ts";
import { HostIndex } from "../../model/hosts.ts";
import { scopesOf, type Scopes } from "../../model/visibility.ts";
import type { MeshRule } from "../../engine/rule.ts";

/** A host that a VirtualService routes among the sidecars. */
interface Claim {
  readonly object: MeshObject;
  readonly place: Field;
  /** In full. */
  readonly host: string;
  readonly scopes: Scopes;
}

export const oneVirtualServicePerHost: MeshRule = {
  id: "one-virtual-service-per-host",
  title: "Each host has one VirtualService for the sidecars that can see it.",
  rationale: "Sidecars use only one of two, and you do not control which one.",
  remediation:
    "Put the routes of this host in one VirtualService, or export each to different namespaces with exportTo.",
  severity: "high",
  codes: ["IST0109"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/conflictingmeshgatewayhosts.go"],

  *checkMesh(mesh) {
    const claims = claimsIn(mesh);
    const contested = new Set<Claim>();
    const contest = (some: readonly Claim[]) => {
      if (some.some(({ object }) => object !== some[0]?.object)) for (const claim of some) contested.add(claim);
    };

    const shared = claims.filter(({ scopes }) => scopes.has("*"));
    const sharedByHost = new HostIndex<Claim>();
    for (const claim of shared) sharedByHost.add(claim.host, claim);
    for (const host of new Set(shared.map((claim) => claim.host))) contest(sharedByHost.exactly(host));

    // What is exported to a namespace also meets what is exported to all, whose wildcards count there.
    for (const local of byScopeAndHost(claims.filter(({ scopes }) => !scopes.has("*"))).values()) {
      const [{ host } = { host: "" }] = local;
      const others = host.startsWith("*")
        ? shared.filter((claim) => overlap(claim.host, host))
        : [...sharedByHost.exactly(host), ...sharedByHost.covering(host)];
      contest([...local, ...others]);
    }

    for (const { object, place } of contested) {
      yield { object, path: place.path, message: "put the routes of this host in one VirtualService" };
    }
  },
};

function claimsIn(mesh: Mesh): Claim[] {
  return mesh.all("VirtualService").flatMap((object) => {
    const { namespace, spec } = object;
    if (namespace === undefined || !isForSidecars(spec.at("gateways"))) return [];
    const scopes = scopesOf(spec.at("exportTo"), namespace);
    if (scopes === UNKNOWN) return [];
    return spec
      .at("hosts")
      .items()
      .flatMap((place) => {
        const host = place.string();
        return host === undefined ? [] : [{ object, place, host: qualified(host, namespace), scopes }];
      });
  });
}

function isForSidecars(gateways: Field): boolean {
  if (gateways.isUnknown()) return false;
  const items = gateways.items();
  return items.length === 0 || items.some((gateway) => gateway.string() === "mesh");
}

function byScopeAndHost(claims: readonly Claim[]): ReadonlyMap<string, Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    for (const scope of claim.scopes) {
      const key = `${scope}/${claim.host}`;
      const others = groups.get(key);
      if (others) others.push(claim);
      else groups.set(key, [claim]);
    }
  }
  return groups;
}
