import type { MeshRule } from "../../engine/rule.ts";
import { findRivals } from "../../model/kiali/onePerWorkload.ts";

export const oneSidecarPerPod: MeshRule = {
  id: "one-sidecar-per-pod",
  title: "A workload has one Sidecar with a selector, and a namespace with workloads one without.",
  rationale: "Istio follows only the oldest of them.",
  remediation: "Put the settings of the namespace into one Sidecar, and select each workload in one only.",
  severity: "high",
  codes: ["KIA0002", "KIA0003"],
  sources: ["kiali/business/checkers/common/multi_match_selector_checker.go"],
  // Kiali does not ask for the Namespace; istioctl leaves out those of the ambient mesh.
  duplicateOf: "one-sidecar-per-workload",

  checkMesh: (mesh) => findRivals(mesh, "Sidecar"),
};
