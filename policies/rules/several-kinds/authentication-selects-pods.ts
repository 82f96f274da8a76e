import type { MeshRule } from "../../engine/rule.ts";
import { findIdle } from "../../model/kiali/selection.ts";

export const authenticationSelectsPods: MeshRule = {
  id: "authentication-selects-pods",
  title:
    "The selector of a PeerAuthentication or RequestAuthentication selects the pods of some workload of its namespace.",
  rationale: "It has no effect: clients are not asked for what it demands.",
  remediation: "Use labels that pods of its namespace have.",
  severity: "medium",
  missing: true,
  codes: ["KIA0004"],
  sources: ["kiali/business/checkers/common/workload_selector_checker.go"],

  checkMesh: (mesh) => findIdle(mesh, "PeerAuthentication", "RequestAuthentication"),
};
