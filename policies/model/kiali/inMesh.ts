// Which pods are in the mesh, by a sidecar or in the ambient mode. What a cluster would add to the pods is told from the labels;
// nothing is answered where a label is not known yet.
import { UNKNOWN } from "../field.ts";
import type { Mesh } from "../mesh.ts";
import type { Workload } from "../workloads.ts";
import { isInjected, labelAt, modeOf, type Label } from "./namespaces.ts";

export function podLabel({ template }: Workload, name: string): Label {
  return labelAt(template.at("metadata", "labels"), name);
}

function podAnnotation({ template }: Workload, name: string): Label {
  return labelAt(template.at("metadata", "annotations"), name);
}

/** Whether the container of a sidecar is written into the pods. */
export function bringsSidecar(workload: Workload): boolean | undefined {
  const lists = ["containers", "initContainers"].map((list) => workload.template.at("spec", list));
  const names = lists.flatMap((list) => list.items()).map((container) => container.at("name"));
  if (names.some((name) => name.string() === "istio-proxy")) return true;
  const status = podAnnotation(workload, "sidecar.istio.io/status");
  if (status === UNKNOWN || [...lists, ...names].some((place) => place.isUnknown())) return undefined;
  return status !== undefined;
}

/** Whether the pods get a sidecar, by what they or their namespace say. */
export function isLabelledForSidecar(mesh: Mesh, workload: Workload): boolean | undefined {
  const answers = [podLabel, podAnnotation].map((read) => read(workload, "sidecar.istio.io/inject"));
  const answer = answers.find((text) => text !== undefined);
  if (answer === UNKNOWN) return undefined;
  return answer === undefined ? isInjected(mesh, workload.namespace) : answer === "true" || answer === "enabled";
}

/** Whether the pods have a sidecar, or get one. */
export function hasSidecar(mesh: Mesh, workload: Workload): boolean | undefined {
  if (workload.isMachine === true) return true;
  return either(bringsSidecar(workload), isLabelledForSidecar(mesh, workload));
}

/** Whether the pods are labelled, or their namespace is, for the ambient mode. */
export function isLabelledAmbient(mesh: Mesh, workload: Workload): boolean | undefined {
  const mode = podLabel(workload, "istio.io/dataplane-mode") ?? modeOf(mesh, workload.namespace);
  return mode === UNKNOWN ? undefined : mode === "ambient";
}

/** Whether the pods are in the ambient mesh. */
export function isInAmbientMesh(mesh: Mesh, workload: Workload): boolean | undefined {
  const redirection = podAnnotation(workload, "ambient.istio.io/redirection");
  return either(redirection === UNKNOWN ? undefined : redirection === "enabled", isLabelledAmbient(mesh, workload));
}

export function isInMesh(mesh: Mesh, workload: Workload): boolean | undefined {
  return either(hasSidecar(mesh, workload), isInAmbientMesh(mesh, workload));
}

/** Whether one of two holds; nothing if that is not known yet. */
function either(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one === true || other === true) return true;
  return one === undefined || other === undefined ? undefined : false;
}
