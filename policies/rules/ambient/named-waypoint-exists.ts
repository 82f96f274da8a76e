import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isEnrolled, mayHaveWaypoint } from "./lib/waypointObjects.ts";
import { mayBeWaypoint } from "../../model/kiali/waypoints.ts";

export const namedWaypointExists: MeshRule = {
  id: "named-waypoint-exists",
  title: "The waypoint named in istio.io/use-waypoint exists.",
  rationale: "Otherwise requests to the workload bypass it, and policies on requests have no effect.",
  remediation: "Deploy the waypoint, or name an existing one in istio.io/use-waypoint.",
  severity: "high",
  missing: true,
  codes: ["KIA1313"],
  sources: ["kiali/business/checkers/ambient/ambient_workload_checker.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const labels = workload.template.at("metadata", "labels");
      const { object } = workload;
      if (object.urn === "" || mayBeWaypoint(labels)) continue;
      if (!isEnrolled(mesh, workload) || mayHaveWaypoint(mesh, workload)) continue;
      yield {
        object,
        path: labels.path,
        message: "deploy the waypoint, or name an existing one in istio.io/use-waypoint",
      };
    }
  },
};
