import type { MeshRule } from "../../engine/rule.ts";
import { findIdle } from "../../model/kiali/selection.ts";

export const sidecarSelectorSelectsPods: MeshRule = {
  id: "sidecar-selector-selects-pods",
  title: "The selector of a Sidecar selects the pods of some workload of its namespace.",
  rationale: "It has no effect: the workloads import what they would without it.",
  remediation: "Use labels that pods of its namespace have.",
  severity: "medium",
  missing: true,
  codes: ["KIA0004"],
  sources: ["kiali/business/checkers/common/workload_selector_checker.go"],
  // Kiali counts the machines of WorkloadGroups.
  duplicateOf: "sidecar-selects-pods",

  checkMesh: (mesh) => findIdle(mesh, "Sidecar"),
};
