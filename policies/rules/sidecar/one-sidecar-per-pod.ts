import type { MeshRule } from "../../engine/rule.ts";
import { findRivals } from "../../model/kiali/onePerWorkload.ts";

export const oneSidecarPerPod: MeshRule = {
  id: "one-sidecar-per-pod",
  title: "A workload has at most one Sidecar with a selector, and a namespace at most one without.",
  rationale: "Istio uses only the oldest one.",
  remediation: "Put the settings of the namespace in one Sidecar, and select each workload in only one.",
  severity: "high",
  codes: ["KIA0002", "KIA0003"],
  sources: ["kiali/business/checkers/common/multi_match_selector_checker.go"],
  // Kiali does not ask for the Namespace; istioctl leaves out those of the ambient mesh.
  duplicateOf: "one-sidecar-per-workload",

  checkMesh: (mesh) => findRivals(mesh, "Sidecar"),
};
