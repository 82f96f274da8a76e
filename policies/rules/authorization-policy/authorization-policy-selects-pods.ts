import type { MeshRule } from "../../engine/rule.ts";
import { findIdle } from "../../model/kiali/selection.ts";

export const authorizationPolicySelectsPods: MeshRule = {
  id: "authorization-policy-selects-pods",
  title: "The selector of an AuthorizationPolicy matches the Pods of a workload in its namespace.",
  rationale: "Otherwise the policy has no effect: it neither allows nor denies anything.",
  remediation: "Use labels of Pods in the policy's namespace.",
  severity: "medium",
  missing: true,
  codes: ["KIA0004"],
  sources: ["kiali/business/checkers/common/workload_selector_checker.go"],
  // Kiali counts the machines of WorkloadGroups, and does not ask whether pods have a proxy.
  duplicateOf: "authorization-policy-effective",

  checkMesh: (mesh) => findIdle(mesh, "AuthorizationPolicy"),
};
