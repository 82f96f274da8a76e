import { put } from "./groups.ts";

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
    put(things, key, thing);
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
