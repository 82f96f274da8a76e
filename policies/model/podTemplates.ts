import type { Field } from "./field.ts";
import type { Kind, MeshObject } from "./mesh.ts";

export const WORKLOAD_KINDS = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "Pod",
] as const satisfies Kind[];

/** Where a workload says what its pods look like: a place with `metadata` and `spec`. */
export function podTemplateOf({ kind, root, spec }: MeshObject): Field {
  switch (kind) {
    case "Pod":
      return root;
    case "CronJob":
      return spec.at("jobTemplate", "spec", "template");
    default:
      return spec.at("template");
  }
}
