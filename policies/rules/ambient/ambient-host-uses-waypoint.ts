import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { isWithoutWaypoint } from "./lib/enrollment.ts";
import { readHosts } from "../../model/kiali/hosts.ts";
import { readsRequests } from "./lib/layer7.ts";
import { isAmbient } from "../../model/kiali/namespaces.ts";
import { readRegistry } from "../../model/kiali/registry.ts";

/** Codes: the host's Service uses no waypoint; the object is in another namespace; its own namespace uses no waypoint. */
const KINDS = {
  VirtualService: { unused: "KIA1113", elsewhere: "KIA1114", fallback: "KIA1109" },
  DestinationRule: { unused: "KIA0211", elsewhere: "KIA0212", fallback: "KIA0210" },
} as const;

export const ambientHostUsesWaypoint: MeshRule = {
  id: "ambient-host-uses-waypoint",
  title:
    "An object that configures requests to an ambient Service is in the Service's namespace, and the Service uses a waypoint.",
  rationale:
    "Only the Service's waypoint processes its HTTP requests, and it reads only objects in its own namespace, so this object has no effect.",
  remediation:
    "Move the object to the Service's namespace, and label the namespace or the Service with istio.io/use-waypoint.",
  severity: "medium",
  codes: Object.values(KINDS).flatMap((codes) => Object.values(codes)),
  sources: ["kiali/business/checkers/ambient_policy_checker.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService", "DestinationRule")) {
      if (object.namespace !== undefined && readsRequests(object)) yield* check(mesh, object, object.namespace);
    }
  },
};

function* check(mesh: Mesh, object: MeshObject, namespace: string): Iterable<FindingInMesh> {
  const { unused, elsewhere, fallback } = KINDS[object.kind as keyof typeof KINDS];
  const message = "label the Service or its namespace with istio.io/use-waypoint, and deploy the waypoint";
  const services = ambientServices(mesh, object, namespace);
  for (const { place, service } of services) {
    const { path } = place;
    if (service.namespace !== namespace) {
      yield { object, code: elsewhere, path, message: "move this object to the namespace of the Service" };
    }
    if (isWithoutWaypoint(mesh, service.labels, service.namespace ?? "")) yield { object, code: unused, path, message };
  }
  if (services.length === 0 && isAmbient(mesh, namespace) && isWithoutWaypoint(mesh, undefined, namespace)) {
    const path = hostsOf(object)[0]?.path ?? "spec";
    yield { object, code: fallback, path, message };
  }
}

function hostsOf({ kind, spec }: MeshObject): Field[] {
  return kind === "DestinationRule" ? [spec.at("host")] : spec.at("hosts").items();
}

/** The ambient Services behind the hosts of an object, each once. */
function ambientServices(mesh: Mesh, object: MeshObject, namespace: string) {
  const read = mesh.derive(readHosts);
  const found = new Map<MeshObject, { place: Field; service: MeshObject }>();
  for (const place of hostsOf(object)) {
    const text = place.string();
    if (text === undefined || text === "" || text === "*") continue;
    const host = read(text, namespace);
    if (!host.isService || !isAmbient(mesh, host.namespace)) continue;
    const service = mesh.derive(readRegistry).service(host.service, host.namespace);
    if (service !== undefined && !found.has(service)) found.set(service, { place, service });
  }
  return [...found.values()];
}
