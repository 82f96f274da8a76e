import type { MeshRule } from "../../engine/rule.ts";
import { findRivals } from "../../model/kiali/onePerWorkload.ts";

export const onePeerAuthenticationPerWorkload: MeshRule = {
  id: "one-peer-authentication-per-workload",
  title: "A workload has at most one PeerAuthentication with a selector, and a namespace at most one without.",
  rationale: "Istio uses only the oldest one.",
  remediation: "Put the settings of the namespace in one object, and select each workload in only one.",
  severity: "high",
  codes: ["KIA0002", "KIA0003"],
  sources: ["kiali/business/checkers/common/multi_match_selector_checker.go"],

  checkMesh: (mesh) => findRivals(mesh, "PeerAuthentication"),
};
