import { readWorkloads } from "../../model/workloads";
import type { MeshRule } from "../../rule";
import { isEnrolled, mayHaveWaypoint } from "./lib/waypointObjects";
import { mayBeWaypoint } from "./lib/waypoints";

export const namedWaypointExists: MeshRule = {
  id: "named-waypoint-exists",
  requires: "The waypoint that a workload is told to use is there.",
  because: "Requests to the workload go around it: no policy about requests has an effect.",
  wayOut: "Deploy the waypoint, or name one that is there in istio.io/use-waypoint.",
  severity: "high",
  covers: ["KIA1313"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const labels = workload.template.at("metadata", "labels");
      const { object } = workload;
      if (object.urn === "" || mayBeWaypoint(labels)) continue;
      if (!isEnrolled(mesh, workload) || mayHaveWaypoint(mesh, workload)) continue;
      yield {
        object,
        path: labels.path,
        message: "deploy the waypoint, or name one that is there in istio.io/use-waypoint",
      };
    }
  },
};
