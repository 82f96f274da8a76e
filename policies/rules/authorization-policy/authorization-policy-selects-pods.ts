import type { MeshRule } from "../../engine/rule.ts";
import { findIdle } from "../../model/kiali/selection.ts";

export const authorizationPolicySelectsPods: MeshRule = {
  id: "authorization-policy-selects-pods",
  title: "The selector of an AuthorizationPolicy selects the pods of some workload of its namespace.",
  rationale: "It has no effect: it neither lets anybody in nor keeps anybody out.",
  remediation: "Use labels that pods of its namespace have.",
  severity: "medium",
  codes: ["KIA0004"],
  twin: "authorization-policy-effective",

  checkMesh: (mesh) => findIdle(mesh, "AuthorizationPolicy"),
};
