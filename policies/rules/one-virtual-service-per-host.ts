import type { Field } from "../field";
import { qualified, qualifiedGateway } from "../hosts";
import type { MeshObject } from "../mesh";
import type { MeshRule } from "../rule";

/** A host that a VirtualService routes at one gateway. */
interface Claim {
  readonly object: MeshObject;
  readonly host: Field;
  /** Namespaces that see it; every one, if there is none. */
  readonly scope?: ReadonlySet<string>;
}

export const oneVirtualServicePerHost: MeshRule = {
  id: "one-virtual-service-per-host",
  requires: "Each host has one VirtualService at a gateway or among the sidecars.",
  because: "Sidecars follow only one of two, and gateways merge them in an order that nobody chose.",
  severity: "high",
  covers: ["IST0109", "KIA1106"],

  *checkMesh(mesh) {
    const claims = new Map<string, Claim[]>();
    for (const object of mesh.all("VirtualService")) {
      for (const [place, claim] of claimsOf(object)) {
        const others = claims.get(place);
        if (others) others.push(claim);
        else claims.set(place, [claim]);
      }
    }
    const found = new Set<string>();
    for (const claim of [...claims.values()].flatMap((group) => group.filter((one) => isContested(one, group)))) {
      const { object, host } = claim;
      // Once, though it may be contested at several gateways.
      if (found.has(`${object.urn} ${host.path}`)) continue;
      found.add(`${object.urn} ${host.path}`);
      yield { object, path: host.path, message: "put the routes of this host into one VirtualService" };
    }
  },
};

function isContested(claim: Claim, group: readonly Claim[]): boolean {
  return group.some((other) => other.object !== claim.object && overlap(claim.scope, other.scope));
}

function overlap(one: Claim["scope"], other: Claim["scope"]): boolean {
  return one === undefined || other === undefined || [...one].some((namespace) => other.has(namespace));
}

/** What a VirtualService claims, by gateway and host. */
function* claimsOf(object: MeshObject): Iterable<[string, Claim]> {
  const { spec, namespace } = object;
  if (namespace === undefined) return;
  const gateways = texts(spec.at("gateways"), ["mesh"]);
  const exportTo = texts(spec.at("exportTo"), ["*"]);
  if (gateways === undefined || exportTo === undefined) return;
  const scope = exportTo.includes("*") ? {} : { scope: new Set(exportTo.map((to) => (to === "." ? namespace : to))) };
  for (const host of spec.at("hosts").items()) {
    const name = host.text();
    if (name === undefined) continue;
    for (const gateway of new Set(gateways.map((gateway) => qualifiedGateway(gateway, namespace)))) {
      yield [`${gateway} ${qualified(name, namespace)}`, { object, host, ...scope }];
    }
  }
}

/** The texts of a list, or the default of an empty one; nothing if one of them is not known. */
function texts(list: Field, standard: readonly string[]): readonly string[] | undefined {
  if (list.isUnknown()) return undefined;
  const all = list.items().map((item) => item.text());
  const known = all.filter((text) => text !== undefined);
  if (known.length < all.length) return undefined;
  return known.length === 0 ? standard : known;
}
