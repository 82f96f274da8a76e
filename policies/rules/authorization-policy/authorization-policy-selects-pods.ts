import type { MeshRule } from "../../engine/rule.ts";
import { findIdle } from "../../model/kiali/selection.ts";

export const authorizationPolicySelectsPods: MeshRule = {
  id: "authorization-policy-selects-pods",
  title: "The selector of an AuthorizationPolicy selects the pods of some workload of its namespace.",
  rationale: "It has no effect: it neither lets anybody in nor keeps anybody out.",
  remediation: "Use labels that pods of its namespace have.",
  severity: "medium",
  missing: true,
  codes: ["KIA0004"],
  sources: ["kiali/business/checkers/common/workload_selector_checker.go"],
  // Kiali counts the machines of WorkloadGroups, and does not ask whether pods have a proxy.
  duplicateOf: "authorization-policy-effective",

  checkMesh: (mesh) => findIdle(mesh, "AuthorizationPolicy"),
};
