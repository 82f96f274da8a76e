import { isMap } from "../../lib/untrusted.ts";
import { readFileSync } from "node:fs";
import { didYouMean } from "../../lib/schema/problems.ts";
import { readDocuments, type YamlDocument } from "./documents.ts";
import { textOf } from "./encoding.ts";
import { MESH_CONFIG_FIELDS } from "./meshConfigFields.ts";
import { placeOf } from "./places.ts";
import { errorRemark, type Remark } from "./remarks.ts";
import { systemReason } from "./systemErrors.ts";

/** Istio's mesh config, or why a file holds none. */
export interface MeshConfigFile {
  readonly config?: unknown;
  /** With an error in it if there is no mesh config. */
  readonly remarks: readonly Remark[];
}

/** Istio's mesh config in a file: plain, or as the ConfigMap that istiod reads. */
export function readMeshConfigFile(file: string): MeshConfigFile {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return refused(file === "" ? "an empty name" : file, systemReason(error));
  }
  const text = textOf(bytes);
  return typeof text === "string" ? readText(file, text) : refused(`${file}:${text.line}`, text.reason);
}

function readText(file: string, text: string): MeshConfigFile {
  const documents = readDocuments(file, text);
  const broken = documents.find((document) => "reason" in document);
  if (broken !== undefined) return refused(`${file}:${broken.line}`, broken.reason);
  const [document, ...more] = documents.filter((document) => "value" in document).filter(({ value }) => value !== null);
  // Istiod's own defaults.
  if (document === undefined) return { config: {}, remarks: [] };
  if (more.length > 0) return refused(file, `several documents stand in it, and one is the mesh config; ${WAY_OUT}`);
  return readObject(file, document);
}

const WAY_OUT = "give the mesh config as plain YAML, or as the ConfigMap that istiod reads";

function readObject(file: string, document: YamlDocument): MeshConfigFile {
  const { value } = document;
  if (!isMap(value)) return refused(file, `it holds no map of fields; ${WAY_OUT}`);
  if (value.kind === "ConfigMap") {
    const text = isMap(value.data) ? value.data.mesh : undefined;
    return typeof text === "string"
      ? readText(`data.mesh of ${file}`, text)
      : refused(file, `this ConfigMap has no text data.mesh; ${WAY_OUT}`);
  }
  if ("kind" in value || "apiVersion" in value) return refused(file, `it is an object of another kind; ${WAY_OUT}`);
  const names = Object.keys(value);
  const unknown = names.filter((name) => !MESH_CONFIG_FIELDS.includes(name));
  if (names.length > 0 && names.length === unknown.length) {
    return refused(file, `no field of Istio's mesh config stands in it; ${WAY_OUT}, without a field around it`);
  }
  return { config: value, remarks: unknown.map((name) => aboutUnknown(file, document, name)) };
}

/** A newer Istio may have more fields. Their names are not quoted: in a file of another kind they may be secret. */
function aboutUnknown(file: string, document: YamlDocument, name: string): Remark {
  const meant = didYouMean(name.replaceAll("_", ""), MESH_CONFIG_FIELDS);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  const { line } = placeOf(document, `[${JSON.stringify(name)}]`);
  return {
    severity: "warning",
    text: `${file}:${line}: Istio's mesh config has no such field, so it is not read${hint}`,
  };
}

function refused(place: string, reason: string): MeshConfigFile {
  return { remarks: [errorRemark(`${place}: ${reason}`)] };
}
