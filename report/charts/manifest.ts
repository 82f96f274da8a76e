// An object that a chart renders, as far as it tells what the chart does: without what each version of a chart changes anyway.
import { load } from "js-yaml";
import { isMap, listOf, mapOf, textOf, type Untrusted } from "../../lib/untrusted.ts";

/** An object as helm prints it. */
export type Manifest = Untrusted;

/** What an object is called: kind, namespace and name, and whether it is a hook. */
export interface Identity {
  readonly kind: string;
  /** Empty where the object names none. */
  readonly namespace: string;
  readonly name: string;
  readonly isHook: boolean;
}

export function identityOf({ kind, metadata }: Manifest): Identity {
  const { namespace, name, annotations } = mapOf(metadata);
  return {
    kind: textOf(kind) ?? "",
    namespace: textOf(namespace) ?? "",
    name: textOf(name) ?? "",
    isHook: mapOf(annotations)["helm.sh/hook"] !== undefined,
  };
}

export const keyOf = ({ kind, namespace, name }: Identity): string => [kind, namespace, name].join("/");

export function identityText({ kind, namespace, name, isHook }: Identity): string {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}${isHook ? " (hook)" : ""}`;
}

/** The objects among documents, those of lists one by one. */
export const objectsIn = (documents: readonly unknown[]): Manifest[] =>
  documents.flatMap((document) => {
    const { kind, items } = mapOf(document);
    if (kind === "List") return objectsIn(listOf(items));
    return typeof kind === "string" ? [mapOf(document)] : [];
  });

const NOISY_LABELS = ["helm.sh/chart", "app.kubernetes.io/version", "chart"];
/** By which pods are restarted when something beside them changes; that change is told by itself. */
const CHECKSUM = /^checksum[/-]/;

/**
 * What is left of an object without noise: labels of the chart's version, checksums, keys of webhooks that others fill in, and what
 * the schema of a definition says to people.
 */
export const withoutNoise = (manifest: Manifest): Manifest =>
  mapOf(cleaned(manifest, "", manifest.kind === "CustomResourceDefinition"));

function cleaned(value: unknown, key: string, isDefinition: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => cleaned(item, "", isDefinition));
  if (!isMap(value)) return value;
  const isNoise = (name: string, each: unknown) =>
    name === "caBundle" ||
    (isDefinition && name === "description" && typeof each === "string") ||
    (["labels", "matchLabels"].includes(key) && NOISY_LABELS.includes(name)) ||
    (key.toLowerCase().endsWith("annotations") && CHECKSUM.test(name));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      isNoise(name, each) ? [] : [[name, cleaned(each, name, isDefinition)]],
    ),
  );
}

/** Texts of a ConfigMap that are YAML or JSON, such as Istio's mesh config, are read: it matters which field of them changes. */
export function withDataRead(manifest: Manifest): Manifest {
  if (manifest.kind !== "ConfigMap") return manifest;
  const data = Object.entries(mapOf(manifest.data)).map(([name, text]) => [name, structureOf(text) ?? text]);
  return { ...manifest, data: Object.fromEntries(data) as Untrusted };
}

function structureOf(text: unknown): Untrusted | undefined {
  if (typeof text !== "string" || !/[:{]/.test(text)) return undefined;
  try {
    const value = load(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
