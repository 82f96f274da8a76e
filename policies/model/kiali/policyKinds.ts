import type { Field } from "../field.ts";
import type { MeshObject } from "../mesh.ts";

/** Where an object says which workloads it is for, all those of its namespace if it does not. */
export function selectorOf({ kind, spec }: MeshObject): Field {
  return kind === "Sidecar" ? spec.at("workloadSelector", "labels") : spec.at("selector", "matchLabels");
}
