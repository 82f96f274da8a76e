import { put } from "./groups.ts";
import { Field } from "./field.ts";
import { isNamespaced, type Kind } from "../../istio/kinds.ts";

export type { Kind } from "../../istio/kinds.ts";
export { kindOf } from "./kindMeant.ts";

/** One declared object. */
export class MeshObject {
  /** Paths of the unknown values that were read. */
  readonly unread = new Set<string>();
  readonly root: Field;
  readonly metadata: Field;
  readonly spec: Field;

  readonly kind: Kind;
  readonly name: string;
  readonly urn: string;

  /**
   * @param name - by which a person finds it in the program
   * @param value - plain data, with `UNKNOWN` where a value is not known yet
   */
  constructor(kind: Kind, name: string, urn: string, value: unknown) {
    this.kind = kind;
    this.name = name;
    this.urn = urn;
    this.root = new Field(value, "", this.unread);
    this.metadata = this.root.at("metadata");
    this.spec = this.root.at("spec");
  }

  /** Nothing if it is unknown; empty for an object that is in no namespace. */
  get namespace(): string | undefined {
    if (!isNamespaced(this.kind)) return "";
    if (this.kind === "Release") return namespaceOf(this.root.at("namespace"));
    return namespaceOf(this.metadata.at("namespace"));
  }

  /** The name that the cluster knows it by; nothing if it is unknown, or left to be made up. */
  get id(): string | undefined {
    return (this.kind === "Release" ? this.root : this.metadata).at("name").string();
  }

  /** Whether something that was read of it is not known yet, so that it may be the one that was looked for. */
  get hasUnread(): boolean {
    return this.unread.size > 0;
  }

  get labels(): Field {
    return this.metadata.at("labels");
  }

  get annotations(): Field {
    return this.metadata.at("annotations");
  }
}

function namespaceOf(field: Field): string | undefined {
  return field.isAbsent() || field.string() === "" ? "default" : field.string();
}

export interface MeshOptions {
  /**
   * Istio's mesh config, as plain data.
   * @default - what the declared Helm release of istiod or its ConfigMap says
   */
  readonly config?: unknown;
  /** Istio's mesh networks, as plain data, by the same default. */
  readonly networks?: unknown;
  /**
   * Whether there may be more in the cluster than what is declared, as beside a Pulumi stack.
   * @default false
   */
  readonly open?: boolean;
}

/** All declared objects. */
export class Mesh {
  readonly #byKind = new Map<Kind, MeshObject[]>();
  readonly #derived = new Map<(mesh: Mesh) => unknown, unknown>();
  readonly options: MeshOptions;

  constructor(objects: Iterable<MeshObject>, options: MeshOptions = {}) {
    for (const object of objects) put(this.#byKind, object.kind, object);
    this.options = options;
  }

  /** The objects of the kinds, in the order of their declaration within each kind. */
  all(...kinds: readonly Kind[]): readonly MeshObject[] {
    const [only, ...more] = kinds;
    if (only !== undefined && more.length === 0) return this.#byKind.get(only) ?? [];
    return kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
  }

  /** Every object, of whatever kind. */
  everything(): MeshObject[] {
    return [...this.#byKind.values()].flat();
  }

  /**
   * What a pure function reads from the mesh, read once: a function that is declared once, not a new one a call.
   * Indices are made when they are first asked for, so a rule notes as unread only what matters to it.
   */
  derive<Result>(read: (mesh: Mesh) => Result): Result {
    if (!this.#derived.has(read)) this.#derived.set(read, read(this));
    return this.#derived.get(read) as Result;
  }
}
