import { kindOfManifest } from "../../istio/kinds.ts";
import { MeshObject } from "../model/mesh.ts";
import type { YamlDocument } from "./documents.ts";

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
  /** How many objects are left out, since a later file has one of the same kind, namespace and name. */
  readonly replaced: number;
  /** How many objects are of kinds that no rule looks at, or are no Kubernetes objects at all. */
  readonly others: number;
}

export function manifestsOf(documents: Iterable<YamlDocument>): Manifests {
  const objects: MeshObject[] = [];
  const sources = new Map<string, Source>();
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
    const known = typeof apiVersion === "string" && typeof kind === "string" && kindOfManifest(apiVersion, kind);
    if (!known) {
      others += 1;
      return;
    }
    const urn = `${source.document.file}#${sources.size}`;
    sources.set(urn, source);
    objects.push(new MeshObject(known, nameIn(value.metadata), urn, value));
  };
  for (const document of documents) add(document.value, { document, path: "" });
  const effective = lastOnes(objects, sources);
  return { objects: effective, sources, replaced: objects.length - effective.length, others };
}

/** In a VirtualServiceList the items need not say that they are VirtualServices. */
function itemOf({ apiVersion, kind }: Record<string, unknown>, item: unknown): unknown {
  if (kind === "List" || !isMap(item)) return item;
  return { apiVersion, kind: String(kind).slice(0, -"List".length), ...item };
}

/**
 * What is in the cluster once the files are applied one after the other. Twice in one file is no replacement, but a mistake, or
 * several clusters.
 */
function lastOnes(objects: readonly MeshObject[], sources: ReadonlyMap<string, Source>): MeshObject[] {
  const fileOf = ({ urn }: MeshObject) => sources.get(urn)?.document.file;
  const keyOf = ({ kind, namespace, id }: MeshObject) =>
    id === undefined ? undefined : [kind, namespace, id].join("/");
  const last = new Map(objects.map((object) => [keyOf(object), fileOf(object)]));
  return objects.filter((object) => {
    const key = keyOf(object);
    return key === undefined || last.get(key) === fileOf(object);
  });
}

function nameIn(metadata: unknown): string {
  const name = isMap(metadata) ? metadata.name : undefined;
  return typeof name === "string" ? name : "";
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
