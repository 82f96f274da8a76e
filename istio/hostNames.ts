/** Istio reads a host without a dot as a service of the namespace of the object that names it. */
export function qualified(host: string, namespace: string): string {
  return host.includes(".") || host.startsWith("*") ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** Whether a wildcard such as `*.example.com` covers a host. */
export function isWithin(host: string, wildcard: string): boolean {
  return host.length >= wildcard.length && host.endsWith(wildcard.slice(1));
}

/** A gateway that a VirtualService of a namespace names, as `<namespace>/<name>`; `mesh` stands for the sidecars. */
export function qualifiedGateway(gateway: string, namespace: string): string {
  if (gateway === "mesh" || gateway.includes("/")) return gateway;
  // An old way to write another namespace's gateway.
  const [name = "", place] = gateway.split(".");
  return `${place ?? namespace}/${name}`;
}
