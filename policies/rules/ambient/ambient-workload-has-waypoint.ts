import { selectorOf } from "../../model/policyScope.ts";
import { put } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readWorkloads, takes, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isInAmbientMesh, podLabel } from "../../model/kiali/inMesh.ts";
import { readsRequests } from "./lib/layer7.ts";
import { refsOf, targetServices } from "./lib/targetRefs.ts";
import { mayHaveWaypoint } from "./lib/waypointObjects.ts";
import { mayBeGateway, mayBeWaypoint } from "../../model/kiali/waypoints.ts";

export const ambientWorkloadHasWaypoint: MeshRule = {
  id: "ambient-workload-has-waypoint",
  title: "An ambient workload with an AuthorizationPolicy on HTTP attributes uses a waypoint.",
  rationale: "Without a waypoint no proxy processes HTTP in ambient mode, so the policy is not enforced as written.",
  remediation: "Deploy a waypoint, and name it in the label istio.io/use-waypoint.",
  severity: "medium",
  codes: ["KIA1317"],
  sources: ["kiali/business/checkers/ambient/ambient_workload_checker.go"],

  *checkMesh(mesh) {
    const policies = mesh.derive(readPolicies);
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object, namespace, template } = workload;
      const labels = template.at("metadata", "labels");
      if (object.urn === "" || mayBeWaypoint(labels) || mayBeGateway(labels)) continue;
      if (podLabel(workload, "istio.io/dataplane-mode") === "none" || isInAmbientMesh(mesh, workload) !== true)
        continue;
      const own = policies.get(namespace ?? "") ?? [];
      if (!own.some((policy) => isFor(mesh, policy, workload)) || mayHaveWaypoint(mesh, workload)) continue;
      yield { object, path: labels.path, message: "deploy a waypoint, and name it in the label istio.io/use-waypoint" };
    }
  },
};

/** The AuthorizationPolicies that are about requests. */
function readPolicies(mesh: Mesh): ReadonlyMap<string, readonly MeshObject[]> {
  const byNamespace = new Map<string, MeshObject[]>();
  for (const policy of mesh.all("AuthorizationPolicy")) {
    if (policy.namespace !== undefined && readsRequests(policy)) put(byNamespace, policy.namespace, policy);
  }
  return byNamespace;
}

/** Whether a policy is for a workload, by a Service that it is attached to or by its selector. */
function isFor(mesh: Mesh, policy: MeshObject, { labels, namespace = "" }: Workload): boolean {
  if (refsOf(policy).length === 0) {
    const selector = selectorOf(policy).stringMap();
    return selector !== undefined && takes(selector, labels);
  }
  return (targetServices(mesh, policy, namespace) ?? []).some(({ spec }) => {
    const selector = spec.at("selector").stringMap();
    return selector !== undefined && selector.size > 0 && takes(selector, labels);
  });
}
