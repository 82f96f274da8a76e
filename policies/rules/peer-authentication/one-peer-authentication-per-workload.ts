import type { MeshRule } from "../../engine/rule.ts";
import { findRivals } from "../../model/kiali/onePerWorkload.ts";

export const onePeerAuthenticationPerWorkload: MeshRule = {
  id: "one-peer-authentication-per-workload",
  title: "A workload has one PeerAuthentication with a selector, and a namespace one without.",
  rationale: "Istio follows only the oldest of them.",
  remediation: "Put the settings of the namespace into one object, and select each workload in one only.",
  severity: "high",
  codes: ["KIA0002", "KIA0003"],
  sources: ["kiali/business/checkers/common/multi_match_selector_checker.go"],

  checkMesh: (mesh) => findRivals(mesh, "PeerAuthentication"),
};
