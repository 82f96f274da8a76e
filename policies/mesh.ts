import { Field } from "./field";
import { isWithin, qualified } from "./hosts";

/** Kinds that rules look at, by API group. */
const KINDS = {
  "networking.istio.io": ["VirtualService", "DestinationRule", "Gateway"],
  core: ["Namespace", "Pod"],
  apps: ["Deployment", "StatefulSet", "DaemonSet"],
  batch: ["Job", "CronJob"],
  "helm.sh": ["Release"],
} as const;

export type Kind = (typeof KINDS)[keyof typeof KINDS][number];

const BY_TOKEN: ReadonlyMap<string, Kind> = new Map(
  Object.entries(KINDS).flatMap(([group, kinds]) => kinds.map((kind) => [`${group}:${kind}`, kind] as const)),
);

/** The kind behind a Pulumi type token, e.g. `kubernetes:networking.istio.io/v1:VirtualService`, in any version of its API. */
export function kindOf(type: string): Kind | undefined {
  const [, group, kind] = /^[^:]+:([^/:]+)\/[^/:]+:([^:]+)$/.exec(type) ?? [];
  return BY_TOKEN.get(`${group ?? ""}:${kind ?? ""}`);
}

/** One declared object. */
export class MeshObject {
  /** Paths of the unknown values that were read. */
  readonly unread = new Set<string>();
  readonly root: Field;
  readonly metadata: Field;
  readonly spec: Field;

  /**
   * @param name - by which a person finds it in the program
   * @param value - plain data, with `UNKNOWN` where a value is not known yet
   */
  constructor(
    readonly kind: Kind,
    readonly name: string,
    readonly urn: string,
    value: unknown,
  ) {
    this.root = new Field(value, "", this.unread);
    this.metadata = this.root.at("metadata");
    this.spec = this.root.at("spec");
  }

  /** Nothing if it is unknown. */
  get namespace(): string | undefined {
    const namespace = this.metadata.at("namespace");
    return namespace.isAbsent() ? "default" : namespace.text();
  }
}

/** What the DestinationRules of one host define. */
interface Subsets {
  readonly names: Set<string>;
  /** Further names may be there that are not known yet. */
  open: boolean;
}

/** All declared objects. Indices are made when they are first asked for: a rule notes as unread only what matters to it. */
export class Mesh {
  readonly #byKind = new Map<Kind, MeshObject[]>();
  #subsets?: {
    readonly byHost: ReadonlyMap<string, Subsets>;
    readonly wildcards: readonly string[];
    readonly open: boolean;
  };

  constructor(objects: Iterable<MeshObject>) {
    for (const object of objects) {
      const others = this.#byKind.get(object.kind);
      if (others) others.push(object);
      else this.#byKind.set(object.kind, [object]);
    }
  }

  all(kind: Kind): readonly MeshObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** Whether certainly no DestinationRule defines the subset for the host, a name in full. */
  lacksSubset(host: string, subset: string): boolean {
    const { byHost, wildcards, open } = (this.#subsets ??= this.#readSubsets());
    const hosts = [host, ...wildcards.filter((wildcard) => isWithin(host, wildcard))];
    const mayHave = (subsets: Subsets | undefined) =>
      subsets !== undefined && (subsets.open || subsets.names.has(subset));
    return !open && !hosts.some((name) => mayHave(byHost.get(name)));
  }

  #readSubsets() {
    const byHost = new Map<string, Subsets>();
    let open = false;
    for (const rule of this.all("DestinationRule")) {
      const host = rule.spec.at("host").text();
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
        const text = name.text();
        if (text !== undefined) known.names.add(text);
        known.open ||= name.isUnknown();
      }
    }
    return { byHost, wildcards: [...byHost.keys()].filter((host) => host.startsWith("*")), open };
  }
}
