import { isOpenNamespace } from "../../../model/namespaces.ts";
import { UNKNOWN } from "../../../model/field.ts";
import type { Mesh } from "../../../model/mesh.ts";
import { readWorkloads, type Workload } from "../../../model/workloads.ts";
import { waypointOf } from "./enrollment.ts";
import { labelAt } from "../../../model/kiali/namespaces.ts";
import { mayBeWaypoint } from "../../../model/kiali/waypoints.ts";

/** Whether a workload is told to use a waypoint, by its own label or that of its namespace. */
export function isEnrolled(mesh: Mesh, workload: Workload): boolean {
  return typeof waypointNamed(mesh, workload) === "string";
}

/** Whether the waypoint that a workload is told to use is there, or may be. */
export function mayHaveWaypoint(mesh: Mesh, workload: Workload): boolean {
  const name = waypointNamed(mesh, workload);
  if (name === undefined) return false;
  const { namespace, template } = workload;
  const other = template.at("metadata", "labels", "istio.io/use-waypoint-namespace");
  const place = other.string() ?? namespace;
  if (name === null || place === undefined || other.isUnknown() || isOpenNamespace(mesh, place)) return true;
  const waypoints = mesh.derive(readWaypoints);
  return waypoints.isOpen || waypoints.names.has(`${place}/${name}`);
}

function waypointNamed(mesh: Mesh, { namespace, template }: Workload): string | null | undefined {
  const labels = template.at("metadata", "labels");
  const mode = labelAt(labels, "istio.io/dataplane-mode");
  if (namespace === undefined || mode === UNKNOWN) return null;
  if (mode === "none") return undefined;
  return waypointOf(mesh, labels, namespace);
}

/** The declared waypoints as `<namespace>/<name>`: Gateways of the class, and workloads with the labels. */
function readWaypoints(mesh: Mesh) {
  const gateways = mesh.all("K8sGateway").filter(({ spec, labels }) => {
    const className = spec.at("gatewayClassName");
    const isClass = className.isUnknown() || className.string()?.includes("waypoint") === true;
    return isClass && labels.at("istio.io/waypoint-for").string() !== "none";
  });
  const workloads = mesh
    .derive(readWorkloads)
    .all.filter(({ template }) => mayBeWaypoint(template.at("metadata", "labels")));
  const objects = [...gateways, ...workloads.map(({ object }) => object)];
  return {
    names: new Set(objects.map(({ id, namespace }) => `${namespace ?? ""}/${id ?? ""}`)),
    isOpen: objects.some(({ id, namespace }) => id === undefined || namespace === undefined),
  };
}
