import { covers, qualified } from "../../istio/hosts.ts";
import type { Mesh } from "./mesh.ts";

/** What the DestinationRules of one host define. */
interface Subsets {
  readonly names: Set<string>;
  /** Further names may be there that are not known yet. */
  open: boolean;
}

/** Whether certainly no DestinationRule defines the subset for the host, a name in full. */
export type LacksSubset = (host: string, subset: string) => boolean;

/** The hosts, in full, that DestinationRules are for. */
export function readRuledHosts(mesh: Mesh): ReadonlySet<string> {
  return new Set(
    mesh.all("DestinationRule").flatMap(({ spec, namespace }) => {
      const host = spec.at("host").string();
      return host === undefined || namespace === undefined ? [] : [qualified(host, namespace)];
    }),
  );
}

export function readSubsets(mesh: Mesh): LacksSubset {
  const byHost = new Map<string, Subsets>();
  let open = false;
  for (const rule of mesh.all("DestinationRule")) {
    const host = rule.spec.at("host").string();
    const { namespace } = rule;
    if (host === undefined || namespace === undefined) {
      open ||= rule.unread.size > 0;
      continue;
    }
    const fullHost = qualified(host, namespace);
    const known = byHost.get(fullHost) ?? { names: new Set<string>(), open: false };
    byHost.set(fullHost, known);
    const list = rule.spec.at("subsets");
    known.open ||= list.isUnknown();
    for (const subset of list.items()) {
      const name = subset.at("name");
      const text = name.string();
      if (text !== undefined) known.names.add(text);
      known.open ||= name.isUnknown();
    }
  }
  const wildcards = [...byHost.keys()].filter((host) => host.startsWith("*"));
  return (host, subset) => {
    const hosts = [host, ...wildcards.filter((wildcard) => covers(wildcard, host))];
    const mayHave = (subsets: Subsets | undefined) =>
      subsets !== undefined && (subsets.open || subsets.names.has(subset));
    return !open && !hosts.some((name) => mayHave(byHost.get(name)));
  };
}
