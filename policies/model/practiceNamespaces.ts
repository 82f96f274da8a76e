import type { Mesh, MeshObject } from "./mesh.ts";

/** The declared Namespaces whose pods get a sidecar, or are in the ambient mesh. */
export function namespacesInMesh(mesh: Mesh): MeshObject[] {
  return mesh.all("Namespace").filter(({ labels }) => {
    if (labels.isUnknown()) return false;
    const injection = labels.at("istio-injection").string();
    if (injection !== undefined) return injection === "enabled";
    return labels.at("istio.io/rev").isPresent() || labels.at("istio.io/dataplane-mode").string() === "ambient";
  });
}

/** Whether something about an object that has been read is not known yet, so that it may be the one that was looked for. */
export const isOpen = ({ unread }: MeshObject) => unread.size > 0;

/** Whether a policy holds for every workload of its namespace. */
export function isForAll({ spec }: MeshObject): boolean {
  const labels = spec.at("selector", "matchLabels");
  const targets = ["targetRef", "targetRefs"].map((place) => spec.at(place));
  return labels.keys().length === 0 && !labels.isUnknown() && targets.every((target) => target.isAbsent());
}
