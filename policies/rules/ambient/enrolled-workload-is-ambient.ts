import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isInAmbientMesh } from "../../model/kiali/inMesh.ts";
import { isEnrolled } from "./lib/waypointObjects.ts";
import { mayBeWaypoint } from "../../model/kiali/waypoints.ts";

export const enrolledWorkloadIsAmbient: MeshRule = {
  id: "enrolled-workload-is-ambient",
  title: "A workload with the label istio.io/use-waypoint is in ambient mode.",
  rationale: "Outside ambient mode, no traffic goes through a waypoint.",
  remediation: "Set istio.io/dataplane-mode to ambient here or on the namespace, or remove istio.io/use-waypoint.",
  severity: "medium",
  codes: ["KIA1312"],
  sources: ["kiali/business/checkers/ambient/ambient_workload_checker.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const labels = workload.template.at("metadata", "labels");
      const { object } = workload;
      if (object.urn === "" || labels.isUnknown() || mayBeWaypoint(labels)) continue;
      if (!isEnrolled(mesh, workload) || isInAmbientMesh(mesh, workload) !== false) continue;
      const message =
        "set istio.io/dataplane-mode to ambient here or on the namespace, or remove istio.io/use-waypoint";
      yield { object, path: labels.path, message };
    }
  },
};
