// How Istio reads host names. Short names: see ../hosts.ts.

/** What a name in full says of a Service of the cluster. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

const CLUSTER_DOMAIN = ".svc.cluster.local";

/** The Service behind `<name>.<namespace>.svc.cluster.local`; nothing for a name of another form. */
export function serviceNameOf(host: string): ServiceName | undefined {
  if (!host.endsWith(CLUSTER_DOMAIN)) return undefined;
  const [name = "", namespace = "", ...more] = host.slice(0, -CLUSTER_DOMAIN.length).split(".");
  return name === "" || namespace === "" || more.length > 0 ? undefined : { name, namespace };
}

/** The name in full of a Service. */
export function fqdnOf({ name, namespace }: ServiceName): string {
  return `${name}.${namespace}${CLUSTER_DOMAIN}`;
}

/** Things by host, where hosts may begin with a wildcard, looked up in the time that a host's length takes. */
export class HostIndex<Thing> {
  readonly #exact = new Map<string, Thing[]>();
  /** By what follows the wildcard; `lengths` are those that occur. */
  readonly #suffixes = new Map<string, Thing[]>();
  readonly #lengths = new Set<number>();

  add(host: string, thing: Thing): void {
    const isWildcard = host.startsWith("*");
    const key = isWildcard ? host.slice(1) : host;
    const things = isWildcard ? this.#suffixes : this.#exact;
    if (isWildcard) this.#lengths.add(key.length);
    const others = things.get(key);
    if (others) others.push(thing);
    else things.set(key, [thing]);
  }

  /** Those of exactly this host, be it a wildcard or not. */
  exactly(host: string): readonly Thing[] {
    return (host.startsWith("*") ? this.#suffixes.get(host.slice(1)) : this.#exact.get(host)) ?? [];
  }

  /** Those of wildcards that cover the host, which may be one too. */
  covering(host: string): Thing[] {
    const name = host.startsWith("*") ? host.slice(1) : host;
    return [...this.#lengths].flatMap((length) =>
      length > name.length ? [] : (this.#suffixes.get(name.slice(name.length - length)) ?? []),
    );
  }
}
