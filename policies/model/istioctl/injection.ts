import { UNKNOWN, type Field } from "../field.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { readNamespaces } from "../namespaces.ts";
import type { Workload } from "../workloads.ts";

const INJECT = "sidecar.istio.io/inject";

/** The name of the container that is the proxy. */
export const PROXY = "istio-proxy";

/** The declared Namespace of a name. UNKNOWN if one whose name is not known yet may be it. */
export function namespaceOf(mesh: Mesh, name: string | undefined): MeshObject | typeof UNKNOWN | undefined {
  if (name === undefined) return UNKNOWN;
  const namespaces = mesh.derive(readNamespaces);
  return namespaces.get(name) ?? (namespaces.size < mesh.all("Namespace").length ? UNKNOWN : undefined);
}

/** Whether pods have a sidecar or ask for one; nothing if that is not known yet. */
export function haveSidecar(mesh: Mesh, workload: Workload): boolean | undefined {
  if (workload.isMachine === true) return true;
  const brings = bringsProxy(workload.template);
  return brings === false ? askForSidecar(mesh, workload) : brings;
}

/** Whether pods bring their own proxy, as after `istioctl kube-inject`; nothing if that is not known yet. */
function bringsProxy(template: Field): boolean | undefined {
  const lists = ["containers", "initContainers"].map((list) => template.at("spec", list));
  const containers = lists.flatMap((list) => list.items());
  const images = containers.filter((one) => one.at("name").string() === PROXY).map((one) => one.at("image"));
  if (images.some((image) => (image.string() ?? "") !== "")) return true;
  const deciding = [...lists, ...containers.map((one) => one.at("name")), ...images];
  return deciding.some((place) => place.isUnknown()) ? undefined : false;
}

/** Whether the injector is asked for a sidecar: by the pods' label, else by their annotation, else by their namespace. */
export function askForSidecar(mesh: Mesh, { template, namespace }: Workload): boolean | undefined {
  for (const place of ["labels", "annotations"]) {
    const inject = template.at("metadata", place, INJECT);
    if (inject.isUnknown()) return undefined;
    if (inject.isPresent()) return inject.string() === "true";
  }
  const declared = namespaceOf(mesh, namespace);
  if (declared === UNKNOWN) return undefined;
  return declared === undefined ? false : isInjected(declared);
}

/** A revision is as good as istio-injection: `istioctl analyze` leaves that out, since it sees the sidecars of running pods. */
function isInjected({ labels }: MeshObject): boolean | undefined {
  const injection = labels.at("istio-injection");
  if (injection.isUnknown()) return undefined;
  if (injection.isPresent()) return injection.string() === "enabled";
  const revision = labels.at("istio.io/rev");
  return revision.isUnknown() ? undefined : (revision.string() ?? "") !== "";
}

/** Whether the pods of a namespace are in the mesh without sidecars, unless they say otherwise; nothing if not known yet. */
export function isAmbient(namespace: MeshObject | typeof UNKNOWN | undefined): boolean | undefined {
  if (namespace === UNKNOWN) return undefined;
  if (namespace === undefined) return false;
  const [injection, revision, mode] = ["istio-injection", "istio.io/rev", "istio.io/dataplane-mode"].map((label) =>
    namespace.labels.at(label),
  );
  if (injection?.string() === "enabled" || (revision?.string() ?? "") !== "") return false;
  if ([injection, revision, mode].some((label) => label?.isUnknown())) return undefined;
  return mode?.string() === "ambient";
}

/** Whether pods are in the mesh without a sidecar, as the annotation of a running one says, or else the labels. */
export function areAmbient(mesh: Mesh, { template, namespace }: Workload): boolean | undefined {
  const metadata = template.at("metadata");
  const redirection = metadata.at("annotations", "ambient.istio.io/redirection");
  if (redirection.string() === "enabled") return true;
  const [inject, mode] = [metadata.at("labels", INJECT), metadata.at("labels", "istio.io/dataplane-mode")];
  const brings = bringsProxy(template);
  if (brings === true || inject.string() === "true") return false;
  if (brings === undefined || [redirection, inject, mode].some((place) => place.isUnknown())) return undefined;
  return mode.isPresent() ? mode.string() === "ambient" : isAmbient(namespaceOf(mesh, namespace));
}

/** Whether pods are in the mesh in one way or the other; nothing if that is not known yet. */
export function areInMesh(mesh: Mesh, workload: Workload): boolean | undefined {
  const ambient = areAmbient(mesh, workload);
  if (ambient === true) return true;
  const sidecar = haveSidecar(mesh, workload);
  return sidecar === false ? ambient : sidecar;
}
