import type { Field } from "./field.ts";
import type { MeshObject } from "./mesh.ts";
import { podTemplateOf } from "./podTemplates.ts";

/** Workloads that run until they are taken away. */
export const LASTING_KINDS = ["Deployment", "StatefulSet", "DaemonSet"] as const;

/** The containers of a workload's pods, without those that only start them. */
export function containersOf(object: MeshObject): Field[] {
  return podTemplateOf(object).at("spec", "containers").items();
}

/** Whether a workload keeps out of the mesh by its own label or annotation, as far as they are known. */
export function mayKeepOut(template: Field): boolean {
  const places = ["labels", "annotations"].map((place) => template.at("metadata", place, "sidecar.istio.io/inject"));
  return places.some((inject) => inject.string() === "false" || inject.isUnknown());
}
