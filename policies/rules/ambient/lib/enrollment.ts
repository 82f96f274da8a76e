// Which things the ambient mesh sends through a waypoint, by the label istio.io/use-waypoint.
import type { Field } from "../../../model/field.ts";
import type { Mesh } from "../../../model/mesh.ts";
import { readNamespaces } from "../../../model/namespaces.ts";

const LABEL = "istio.io/use-waypoint";

/** The waypoint that something uses by its own label or that of its namespace; nothing for none, `null` if it is not known yet. */
export function waypointOf(mesh: Mesh, labels: Field | undefined, namespace: string): string | null | undefined {
  const ofNamespace = mesh.derive(readNamespaces).get(namespace)?.labels;
  for (const place of [labels, ofNamespace]) {
    const label = place?.at(LABEL);
    if (label === undefined || label.isAbsent()) continue;
    if (label.isUnknown()) return null;
    const name = label.string() ?? "";
    return name === "" || name === "none" ? undefined : name;
  }
  return undefined;
}

/** Whether something is certainly not sent through a waypoint. */
export function isWithoutWaypoint(mesh: Mesh, labels: Field | undefined, namespace: string): boolean {
  return waypointOf(mesh, labels, namespace) === undefined;
}
