import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { hasSidecar } from "../../model/kiali/inMesh.ts";
import { isAmbient } from "../../model/kiali/namespaces.ts";
import { mayBeGateway, mayBeWaypoint } from "../../model/kiali/waypoints.ts";

export const ambientNamespaceWithoutSidecars: MeshRule = {
  id: "ambient-namespace-without-sidecars",
  title: "The workloads of an ambient namespace have no sidecars.",
  rationale: "A sidecar takes its workload out of the ambient mesh: waypoints and their policies pass it by.",
  remediation: "Leave the sidecar out, or move the workload to a namespace that is not ambient.",
  severity: "medium",
  codes: ["KIA1316"],
  sources: ["kiali/business/checkers/ambient/ambient_workload_checker.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object, namespace, template } = workload;
      const labels = template.at("metadata", "labels");
      if (object.urn === "" || !isAmbient(mesh, namespace) || mayBeGateway(labels) || mayBeWaypoint(labels)) continue;
      if (hasSidecar(mesh, workload) !== true) continue;
      const message = "leave the sidecar out, or move the workload to a namespace that is not ambient";
      yield { object, path: labels.path, message };
    }
  },
};
