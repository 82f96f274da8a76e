// How Istio reads and compares names of hosts, of which one may begin with a wildcard.

/** What the full names of the cluster's Services end in. */
export const CLUSTER_DOMAIN = "svc.cluster.local";

/** A Service of the cluster. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

/** The full name of a host. Istio reads one without a dot as a service of the namespace of the object that names it. */
export function qualified(host: string, namespace: string): string {
  return host.includes(".") || host.startsWith("*") ? host : fqdnOf({ name: host, namespace });
}

/** The full name of a Service. */
export function fqdnOf({ name, namespace }: ServiceName): string {
  return `${name}.${namespace}.${CLUSTER_DOMAIN}`;
}

/** The Service behind `<name>.<namespace>.svc.cluster.local`; undefined for a name of another form. */
export function serviceNameOf(host: string): ServiceName | undefined {
  if (!host.endsWith(`.${CLUSTER_DOMAIN}`)) return undefined;
  const [name = "", namespace = "", ...more] = host.slice(0, -CLUSTER_DOMAIN.length - 1).split(".");
  return name === "" || namespace === "" || more.length > 0 ? undefined : { name, namespace };
}

/** Whether every host that `narrow` stands for is one that `wide` stands for; both may begin with a wildcard. */
export function covers(wide: string, narrow: string): boolean {
  if (!wide.startsWith("*")) return wide === narrow;
  const suffix = wide.slice(1);
  return (narrow.startsWith("*") ? narrow.slice(1) : narrow).endsWith(suffix);
}

/** Whether some host is one that both stand for; both may begin with a wildcard. */
export function overlap(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}
