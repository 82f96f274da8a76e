import { load } from "js-yaml";
import { Field, UNKNOWN } from "./field.ts";
import { MeshObject, type Mesh } from "./mesh.ts";
import { readReleases } from "./releases.ts";

/** Istio's mesh config, e.g. `meshConfig(mesh).at("enableAutoMtls")`; an empty place where none is known. */
export function meshConfig(mesh: Mesh): Field {
  return mesh.derive(readMeshConfig);
}

/** Istio's mesh networks, an object of kind MeshNetworks; nothing where none are known. */
export function meshNetworks(mesh: Mesh): MeshObject | undefined {
  return mesh.derive(readMeshNetworks);
}

/**
 * What is known of Istio's mesh config: given beside the objects, or the values of istiod's Helm release, or the ConfigMap that
 * istiod reads. An empty place if none of them is there.
 */
function readMeshConfig(mesh: Mesh): Field {
  const { config } = mesh.options;
  if (config !== undefined) return new Field(config, "", new Set());
  const istiod = istiodOf(mesh);
  if (istiod !== undefined) return istiod.values.at("meshConfig");
  const written = mesh.all("ConfigMap").find(isIstios);
  return written === undefined ? new Field({}, "", new Set()) : inConfigMap(written, "mesh");
}

/** The object that the mesh config is in; none if it was given beside the objects. */
export function meshConfigObject(mesh: Mesh): MeshObject | undefined {
  if (mesh.options.config !== undefined) return undefined;
  return istiodOf(mesh)?.release ?? mesh.all("ConfigMap").find(isIstios);
}

/** Which networks a mesh of several has, and by which gateways one reaches another. */
function readMeshNetworks(mesh: Mesh): MeshObject | undefined {
  const istiod = istiodOf(mesh);
  const written = mesh.all("ConfigMap").find(isIstios);
  const networks =
    mesh.options.networks ??
    (istiod && { networks: istiod.values.at("global", "meshNetworks").data() }) ??
    (written && inConfigMap(written, "meshNetworks").data());
  if (typeof networks !== "object" || networks === null) return undefined;
  const metadata = { name: "meshnetworks", namespace: "istio-system" };
  const { urn } = istiod?.release ?? written ?? { urn: "" };
  return new MeshObject("MeshNetworks", "meshnetworks", urn, { ...networks, metadata });
}

function istiodOf(mesh: Mesh) {
  return mesh.derive(readReleases).find(({ chart }) => chart === "istiod");
}

/** The ConfigMap of istiod; one of a revision is called `istio-<revision>`. */
function isIstios({ id, namespace, root }: MeshObject): boolean {
  if (id === undefined || !/^istio(-|$)/.test(id) || namespace !== "istio-system") return false;
  return !root.at("data", "mesh").isAbsent();
}

function inConfigMap({ root, unread }: MeshObject, key: string): Field {
  const place = root.at("data", key);
  const text = place.string();
  if (text === undefined) return new Field(place.isUnknown() ? UNKNOWN : {}, place.path, unread);
  try {
    return new Field(load(text), place.path, unread);
  } catch {
    return new Field({}, place.path, unread);
  }
}
