import type { Field } from "./field.ts";
import type { MeshObject } from "./mesh.ts";

/** Where an object says which workloads it is for, all those of its namespace if it does not. */
export function selectorOf({ kind, spec }: MeshObject): Field {
  return kind === "Sidecar" ? spec.at("workloadSelector", "labels") : spec.at("selector", "matchLabels");
}

/** Whether a policy holds for every workload of its namespace. */
export function isForAll({ spec }: MeshObject): boolean {
  const labels = spec.at("selector", "matchLabels");
  const targets = ["targetRef", "targetRefs"].map((place) => spec.at(place));
  return labels.keys().length === 0 && !labels.isUnknown() && targets.every((target) => target.isAbsent());
}
