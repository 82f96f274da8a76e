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

/** The images of a workload's containers that are named. Istio replaces "auto" by the image of its own version. */
export function* imagesIn(object: MeshObject): Iterable<{ readonly image: Field; readonly name: string }> {
  const pods = podTemplateOf(object).at("spec");
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const container of pods.at(list).items()) {
      const image = container.at("image");
      const name = image.string();
      if (name !== undefined && name !== "auto") yield { image, name };
    }
  }
}

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
