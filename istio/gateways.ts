// The gateways that VirtualServices name.

/** What stands for the sidecars among the gateways of a VirtualService. */
export const MESH = "mesh";

/**
 * A gateway that a VirtualService of a namespace names, as `<namespace>/<name>`; `mesh` stays as it is. It is written as
 * `<name>`, as `<namespace>/<name>` or, in old objects, as `<name>.<namespace>` with or without the cluster's domain.
 */
export function qualifiedGateway(gateway: string, namespace: string): string {
  if (gateway === MESH || gateway.includes("/")) return gateway;
  const [name = "", place] = gateway.split(".");
  return `${place ?? namespace}/${name}`;
}

/** A host of a Gateway's server, without the namespace that may stand before it. */
export const hostOfServer = (host: string): string => host.replace(/^.*\//, "").toLowerCase();
