import { isMap } from "../../lib/untrusted.ts";
import type { Finding } from "../engine/rule.ts";
import { readEnvelope } from "./envelope.ts";
import { MeshObject } from "../model/mesh.ts";
import type { YamlDocument } from "./documents.ts";
import { hasPlaceholder, withoutPlaceholders } from "./placeholders.ts";

/** Where an object is written. */
export interface Source {
  readonly document: YamlDocument;
  /** The path to the object in its document: empty, or that of an item of a list. */
  readonly path: string;
}

/** A manifest that no cluster takes, and of which not even the kind is known. */
export interface Stray extends Finding {
  readonly source: Source;
}

/** The objects of documents. */
export interface Manifests {
  readonly objects: readonly MeshObject[];
  /** By the objects' `urn`. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly strays: readonly Stray[];
  /** How many objects are of kinds that no rule looks at, or are no Kubernetes objects at all. */
  readonly others: number;
  /** Files with values that a later step fills in. */
  readonly filledLater: ReadonlySet<string>;
}

export interface ManifestOptions {
  /**
   * The namespace of objects that name none, as with `kubectl -n`.
   * @default "default"
   */
  readonly namespace?: string | undefined;
  /**
   * What tells the objects from those of other documents in the same files.
   * @default ""
   */
  readonly set?: string;
}

type Fields = Readonly<Record<string, unknown>>;

export function manifestsOf(documents: Iterable<YamlDocument>, options: ManifestOptions = {}): Manifests {
  const objects: MeshObject[] = [];
  const sources = new Map<string, Source>();
  const filledLater = new Set<string>();
  const strays: Stray[] = [];
  let others = 0;
  const add = (value: unknown, source: Source): void => {
    if (!isMap(value)) {
      others += 1;
      return;
    }
    const { kind, items } = value;
    if (typeof kind === "string" && /list$/i.test(kind) && Array.isArray(items)) {
      const problem = listProblem(value, kind);
      if (problem !== undefined) strays.push({ ...problem, source });
      items.forEach((item, index) => {
        const path = [source.path, `items[${index}]`].filter((part) => part !== "").join(".");
        add(itemOf(value, item), { ...source, path });
      });
      return;
    }
    const { kind: known, problem } = readEnvelope(value);
    if (known === undefined) {
      others += 1;
      const stray = problem ?? (source.path === "" ? loneProblem(value) : itemProblem(value));
      if (stray !== undefined) strays.push({ ...stray, source });
      return;
    }
    const urn = `${options.set ?? ""}${source.document.file}#${sources.size}`;
    sources.set(urn, source);
    let fields: unknown = withNamespace(value, options.namespace);
    // What a cluster has answered nobody fills in any more.
    if (!isStored(value) && hasPlaceholder(fields)) {
      filledLater.add(source.document.file);
      fields = withoutPlaceholders(fields);
    }
    objects.push(new MeshObject(known, nameIn(value.metadata), urn, fields));
  };
  for (const document of documents) add(document.value, { document, path: "" });
  return { objects, sources, strays, others, filledLater };
}

function listProblem({ apiVersion }: Fields, kind: string): Finding | undefined {
  if (kind.toLowerCase() !== "list") return undefined;
  if (kind !== "List") return { path: "kind", message: "write List" };
  return typeof apiVersion === "string" ? undefined : { path: "apiVersion", message: "write apiVersion: v1" };
}

function itemProblem({ apiVersion, kind, metadata }: Fields): Finding | undefined {
  if (apiVersion !== undefined || kind !== undefined || !isMap(metadata)) return undefined;
  return { path: "kind", message: "write apiVersion and kind: an item of a List has its own" };
}

/** Other programs have maps without a kind in their files, too, but not with the name and the body of an object. */
function loneProblem({ apiVersion, kind, metadata, spec, data }: Fields): Finding | undefined {
  const isObject = isMap(metadata) && typeof metadata.name === "string" && (isMap(spec) || isMap(data));
  if (apiVersion !== undefined || kind !== undefined || !isObject) return undefined;
  return { path: "kind", message: "write apiVersion and kind, without which no cluster takes this" };
}

/** In a VirtualServiceList the items need not say that they are VirtualServices. */
function itemOf({ apiVersion, kind }: Fields, item: unknown): unknown {
  if (String(kind).toLowerCase() === "list" || !isMap(item)) return item;
  return { apiVersion, kind: String(kind).slice(0, -"List".length), ...item };
}

function withNamespace(value: Fields, namespace: string | undefined): Fields {
  const { metadata } = value;
  if (namespace === undefined || !isMap(metadata) || typeof metadata.namespace === "string") return value;
  return { ...value, metadata: { ...metadata, namespace } };
}

const isStored = ({ metadata }: Fields) => isMap(metadata) && metadata.uid !== undefined;

function nameIn(metadata: unknown): string {
  const name = isMap(metadata) ? metadata.name : undefined;
  return typeof name === "string" ? name : "";
}
