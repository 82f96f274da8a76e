import type { Mesh } from "../../../model/mesh.ts";

/** Istio's Gateways as `<namespace>/<name>`, and the namespaces that may have more of them. */
export interface Gateways {
  /** Whether a VirtualService of a namespace certainly names a gateway that is not there. */
  lacks(gateway: string, namespace: string): boolean;
}

export function readGateways(mesh: Mesh): Gateways {
  const names = new Set<string>();
  const open = new Set<string | undefined>();
  for (const { id, namespace } of mesh.all("Gateway")) {
    if (id === undefined || namespace === undefined) open.add(namespace);
    else names.add(`${namespace}/${id}`);
  }
  return {
    lacks(gateway, namespace) {
      const [place, name] = readGateway(gateway, namespace);
      return !names.has(`${place}/${name}`) && !open.has(place) && !open.has(undefined) && !mesh.isOpen(place);
    },
  };
}

/** The old way to name a gateway of another namespace is `<name>.<namespace>`. */
export function isOldName(gateway: string): boolean {
  return gateway.includes(".") && !gateway.includes("/");
}

function readGateway(gateway: string, namespace: string): readonly [namespace: string, name: string] {
  if (isOldName(gateway)) {
    const [name = "", place = "", ...domain] = gateway.split(".");
    // Anything but the cluster's domain after it is no name of a gateway.
    return domain.length > 0 && domain.join(".") !== "svc.cluster.local" ? ["", gateway] : [place, name];
  }
  const [place = "", name] = gateway.split("/");
  return name === undefined ? [namespace, gateway] : [place, name];
}
