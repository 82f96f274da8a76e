import type { MeshRule } from "../../rule";
import { findRivals } from "./lib/onePerWorkload";

export const oneSidecarPerPod: MeshRule = {
  id: "one-sidecar-per-pod",
  requires: "A workload has one Sidecar with a selector, and a namespace with workloads one without.",
  because: "Istio follows only the oldest of them.",
  wayOut: "Put the settings of the namespace into one Sidecar, and select each workload in one only.",
  severity: "high",
  covers: ["KIA0002", "KIA0003"],
  twin: "one-sidecar-per-workload",

  checkMesh: (mesh) => findRivals(mesh, "Sidecar"),
};
