import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readNamespaces, rootNamespace } from "../../model/namespaces.ts";
import { readWorkloads } from "../../model/workloads.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { routesOf } from "../../model/routes.ts";

export const matchSourceIsDeclared: MeshRule = {
  id: "match-source-is-declared",
  title: "A route for certain clients names a declared namespace and labels of declared Pods.",
  rationale:
    "A proxy receives such a route only if its own Pod has the labels, so a route without matching Pods never applies.",
  remediation:
    "Use labels of existing Pods in an existing namespace, or leave the route as it is if they are declared elsewhere.",
  severity: "low",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      for (const match of routesOf(object).flatMap((route) => route.at("match").items())) {
        yield* findings(mesh, object, match);
      }
    }
  },
};

function* findings(mesh: Mesh, object: MeshObject, match: Field): Iterable<FindingInMesh> {
  const place = match.at("sourceNamespace");
  const namespace = place.string();
  if (namespace !== undefined && !mesh.derive(readPlaces).has(namespace) && !mesh.derive(readHasUnnamed)) {
    yield { object, path: place.path, message: "name an existing namespace, unless it is declared elsewhere" };
    return;
  }
  if (place.isUnknown()) return;
  const labels = match.at("sourceLabels").stringMap();
  const workloads = mesh.derive(readWorkloads);
  // Who declares no pods has them elsewhere.
  if (labels === undefined || labels.size === 0 || workloads.all.length === 0) return;
  const selector = new Map([...labels].filter(([key]) => !ADDED.test(key)));
  if (workloads.all.some((workload) => workload.labels === undefined || workload.namespace === undefined)) return;
  if (workloads.selectedBy(selector, namespace).length > 0) return;
  const { path } = match.at("sourceLabels");
  yield { object, path, message: "use labels of existing Pods, unless Pods with these labels are declared elsewhere" };
}

/** Labels that Kubernetes, Istio and their controllers add to pods by themselves. */
const ADDED = /^([-\w.]+\.)?(istio\.io|kubernetes\.io|k8s\.io)\/|^pod-template-hash$/;

/** Namespaces that are declared, lived in by a declared object, or in every cluster. */
function readPlaces(mesh: Mesh): ReadonlySet<string | undefined> {
  return new Set<string | undefined>([
    "default",
    rootNamespace(mesh),
    ...mesh.derive(readNamespaces).keys(),
    ...mesh.everything().map(({ namespace }) => namespace),
  ]);
}

/** Whether something lives in a namespace that is not known yet, or nothing says which there are. */
function readHasUnnamed(mesh: Mesh): boolean {
  const namespaces = mesh.all("Namespace");
  if (namespaces.length === 0 || namespaces.some(({ id }) => id === undefined)) return true;
  return mesh.everything().some((object) => object.namespace === undefined && object.hasUnread);
}
