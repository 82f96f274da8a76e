import { put } from "../../../model/groups.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { readHosts } from "../../../model/kiali/hosts.ts";
import { shareClient } from "../../../model/kiali/visibility.ts";

/** A host that a VirtualService routes at a gateway. */
interface Claim {
  readonly object: MeshObject;
  readonly place: Field;
}

/** The claims at one gateway on the hosts of one namespace, by Service name; `*` stands for all of them. */
type Claims = Map<string, Claim[]>;

/** The hosts of VirtualServices that others have too, and whether it is at a gateway. */
export function* contestedHosts(mesh: Mesh): Iterable<Claim & { readonly isAtGateway: boolean }> {
  for (const [place, claims] of claimsIn(mesh)) {
    const isAtGateway = !/^(mesh)? /.test(place);
    const wildcards = claims.get("*") ?? [];
    const all = wildcards.length > 0 ? [...claims.values()].flat() : [];
    for (const [service, group] of claims) {
      const rivals = service === "*" ? all : [...group, ...wildcards];
      for (const claim of group) {
        if (rivals.some((rival) => isRival(mesh, claim.object, rival))) yield { ...claim, isAtGateway };
      }
    }
  }
}

function isRival(mesh: Mesh, object: MeshObject, rival: Claim): boolean {
  return rival.object !== object && shareClient(mesh, object, rival.object);
}

function claimsIn(mesh: Mesh): Map<string, Claims> {
  const read = mesh.derive(readHosts);
  const byPlace = new Map<string, Claims>();
  for (const object of mesh.all("VirtualService")) {
    const { namespace, spec } = object;
    const list = spec.at("gateways");
    if (namespace === undefined || list.isUnknown()) continue;
    const gateways = list.items().length > 0 ? new Set(list.strings()) : [""];
    for (const place of spec.at("hosts").items()) {
      const text = place.string();
      if (text === undefined) continue;
      const host = read(text, namespace);
      for (const gateway of gateways) {
        const key = `${gateway} ${String(host.isService)} ${host.namespace}`;
        const claims: Claims = byPlace.get(key) ?? new Map<string, Claim[]>();
        byPlace.set(key, claims);
        put(claims, host.service, { object, place });
      }
    }
  }
  return byPlace;
}
