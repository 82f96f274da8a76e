import { isMap } from "../../lib/untrusted.ts";
import { kindMeant } from "./kindMeant.ts";
import { kindOfManifest, type Kind } from "../../istio/kinds.ts";
import { MeshObject } from "../model/mesh.ts";
import type { YamlDocument } from "./documents.ts";
import { hasPlaceholder, withoutPlaceholders } from "./placeholders.ts";

/** Where an object is written. */
export interface Source {
  readonly document: YamlDocument;
  /** The path to the object in its document: empty, or that of an item of a list. */
  readonly path: string;
}

/** The objects of documents. */
export interface Manifests {
  readonly objects: readonly MeshObject[];
  /** By the objects' `urn`. */
  readonly sources: ReadonlyMap<string, Source>;
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
  let others = 0;
  const add = (value: unknown, source: Source): void => {
    if (!isMap(value)) {
      others += 1;
      return;
    }
    const { apiVersion, kind, items } = value;
    if (typeof kind === "string" && kind.endsWith("List") && Array.isArray(items)) {
      items.forEach((item, index) => {
        const path = [source.path, `items[${index}]`].filter((part) => part !== "").join(".");
        add(itemOf(value, item), { ...source, path });
      });
      return;
    }
    const known = kindIn(apiVersion, kind);
    if (known === undefined) {
      others += 1;
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
  return { objects, sources, others, filledLater };
}

/** An object whose kind is misspelt is judged as one of the kind that was meant: envelope.ts says so. */
function kindIn(apiVersion: unknown, kind: unknown): Kind | undefined {
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  return kindOfManifest(apiVersion, kind) ?? kindMeant(apiVersion, kind)?.kind;
}

/** In a VirtualServiceList the items need not say that they are VirtualServices. */
function itemOf({ apiVersion, kind }: Fields, item: unknown): unknown {
  if (kind === "List" || !isMap(item)) return item;
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
