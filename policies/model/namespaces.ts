import { meshConfig } from "./meshConfig.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { readReleases } from "./releases.ts";

/** The declared Namespaces by name. */
export function readNamespaces(mesh: Mesh): ReadonlyMap<string, MeshObject> {
  return new Map(mesh.all("Namespace").flatMap((object) => (object.id === undefined ? [] : [[object.id, object]])));
}

/** Where policies for the whole mesh live. */
export function rootNamespace(mesh: Mesh): string {
  const name = meshConfig(mesh).at("rootNamespace").string();
  return name === undefined || name === "" ? "istio-system" : name;
}

/** Whether a namespace may hold more than what is declared, so that what is not found may still be there. */
export function isOpenNamespace(mesh: Mesh, namespace: string): boolean {
  return mesh.derive(readOpenNamespaces)(namespace);
}

function readOpenNamespaces(mesh: Mesh): (namespace: string) => boolean {
  const told = new Set(mesh.derive(readReleases).map(({ release }) => release));
  const hidden = new Set(
    mesh
      .all("Release")
      .filter((release) => !told.has(release))
      .map(({ namespace }) => namespace),
  );
  // A release in a namespace that is not known yet may fill any of them.
  const anywhere = hidden.has(undefined);
  const declared = new Set(
    ["Namespace" as const, ...FILLING].flatMap((kind) =>
      mesh.all(kind).map((object) => (kind === "Namespace" ? object.id : object.namespace)),
    ),
  );
  return (namespace) => anywhere || hidden.has(namespace) || (mesh.options.open === true && !declared.has(namespace));
}

/** Who declares one of these in a namespace fills the namespace. */
const FILLING = ["Service", "Deployment", "StatefulSet", "DaemonSet", "Pod", "Release"] as const;

/** The declared Namespaces whose pods get a sidecar, or are in the ambient mesh. */
export function namespacesInMesh(mesh: Mesh): MeshObject[] {
  return mesh.all("Namespace").filter(({ labels }) => {
    if (labels.isUnknown()) return false;
    const injection = labels.at("istio-injection").string();
    if (injection !== undefined) return injection === "enabled";
    return labels.at("istio.io/rev").isPresent() || labels.at("istio.io/dataplane-mode").string() === "ambient";
  });
}
