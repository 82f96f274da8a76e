import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { hasSidecar } from "../../model/kiali/inMesh.ts";
import { isAmbient } from "../../model/kiali/namespaces.ts";
import { mayBeGateway, mayBeWaypoint } from "../../model/kiali/waypoints.ts";

export const ambientNamespaceWithoutSidecars: MeshRule = {
  id: "ambient-namespace-without-sidecars",
  title: "Workloads in an ambient namespace have no sidecars.",
  rationale: "A sidecar takes its workload out of the ambient mesh, so traffic bypasses waypoints and their policies.",
  remediation: "Remove the sidecar, or move the workload to a namespace that is not in ambient mode.",
  severity: "medium",
  codes: ["KIA1316"],
  sources: ["kiali/business/checkers/ambient/ambient_workload_checker.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object, namespace, template } = workload;
      const labels = template.at("metadata", "labels");
      if (object.urn === "" || !isAmbient(mesh, namespace) || mayBeGateway(labels) || mayBeWaypoint(labels)) continue;
      if (hasSidecar(mesh, workload) !== true) continue;
      const message = "remove the sidecar, or move the workload to a namespace that is not in ambient mode";
      yield { object, path: labels.path, message };
    }
  },
};
