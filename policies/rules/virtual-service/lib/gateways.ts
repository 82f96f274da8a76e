import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { isOpenNamespace } from "../../../model/namespaces.ts";

/** Istio's Gateways by namespace and name. */
export interface Gateways {
  find(namespace: string, name: string): MeshObject | undefined;
  /** Nothing if it may be one that is not declared, or whose name is not known yet. */
  has(namespace: string, name: string): boolean | undefined;
}

export function readGateways(mesh: Mesh): Gateways {
  const byName = new Map<string, MeshObject>();
  /** Namespaces with Gateways whose names are not known yet; `undefined` stands for any. */
  const open = new Set<string | undefined>();
  for (const gateway of mesh.all("Gateway")) {
    const { namespace, id } = gateway;
    if (namespace === undefined || id === undefined) open.add(namespace);
    else byName.set(`${namespace}/${id}`, gateway);
  }
  const find = (namespace: string, name: string) => byName.get(`${namespace}/${name}`);
  return {
    find,
    has(namespace, name) {
      if (find(namespace, name) !== undefined) return true;
      return open.has(namespace) || open.has(undefined) || isOpenNamespace(mesh, namespace) ? undefined : false;
    },
  };
}

/** The old way to name a gateway of another namespace is `<name>.<namespace>`. */
export function isOldName(gateway: string): boolean {
  return gateway.includes(".") && !gateway.includes("/");
}

/** Where a VirtualService names gateways: for all of its routes, and for single matches. */
export function gatewaysOf({ spec }: MeshObject): Field[] {
  const matches = spec
    .at("http")
    .items()
    .flatMap((route) => route.at("match").items());
  return [spec, ...matches].flatMap((place) => place.at("gateways").items());
}
