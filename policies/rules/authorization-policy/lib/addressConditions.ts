// Where AuthorizationPolicies ask for addresses of the internet.
import { isOfInternet } from "../../../../istio/addresses.ts";
import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";
import { conditionsOf, sourcesOf } from "../../../model/kiali/authorization.ts";

/** Lists of a source, and keys of conditions, that are about an address. */
export interface Addresses {
  readonly lists: readonly string[];
  readonly keys: readonly string[];
}

/** The address that a connection comes from. */
export const DIRECT: Addresses = { lists: ["ipBlocks", "notIpBlocks"], keys: ["source.ip"] };

/** That, and the address of the client, as far as the proxy is told of it. */
export const ANY_ADDRESS: Addresses = {
  lists: [...DIRECT.lists, "remoteIpBlocks", "notRemoteIpBlocks"],
  keys: [...DIRECT.keys, "remote.ip"],
};

/** The lists of a policy with an address of the internet. */
export function internetAddressesOf(policy: MeshObject, { lists, keys }: Addresses): Field[] {
  const sources = sourcesOf(policy).flatMap((source) => lists.map((name) => source.at(name)));
  const conditions = conditionsOf(policy)
    .filter((condition) => keys.includes(condition.at("key").string() ?? ""))
    .flatMap((condition) => [condition.at("values"), condition.at("notValues")]);
  return [...sources, ...conditions].filter((list) => list.strings().some(isOfInternet));
}
