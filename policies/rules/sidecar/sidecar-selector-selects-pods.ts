import type { MeshRule } from "../../engine/rule.ts";
import { findIdle } from "../../model/kiali/selection.ts";

export const sidecarSelectorSelectsPods: MeshRule = {
  id: "sidecar-selector-selects-pods",
  title: "The selector of a Sidecar matches the Pods of a workload in its namespace.",
  rationale: "Otherwise it has no effect, and the workloads import the same hosts as without it.",
  remediation: "Use labels of Pods in the Sidecar's namespace.",
  severity: "medium",
  missing: true,
  codes: ["KIA0004"],
  sources: ["kiali/business/checkers/common/workload_selector_checker.go"],
  // Kiali counts the machines of WorkloadGroups.
  duplicateOf: "sidecar-selects-pods",

  checkMesh: (mesh) => findIdle(mesh, "Sidecar"),
};
