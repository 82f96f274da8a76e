import type { ObjectRule } from "../../engine/rule.ts";

export const outboundModeWritten: ObjectRule = {
  id: "outbound-mode-written",
  title: "The outbound traffic policy of a Sidecar sets its mode.",
  rationale: "Without a mode it means REGISTRY_ONLY here, although the mesh default is ALLOW_ANY.",
  remediation: "Set the mode to REGISTRY_ONLY or ALLOW_ANY.",
  severity: "low",
  codes: ["KIA1007"],
  sources: ["kiali/business/checkers/sidecars/outbound_traffic_policy_mode.go"],
  kinds: ["Sidecar"],

  *check({ spec }) {
    const policy = spec.at("outboundTrafficPolicy");
    if (policy.isPresent() && policy.at("mode").isAbsent()) {
      yield { path: policy.path, message: "set the mode to REGISTRY_ONLY or ALLOW_ANY" };
    }
  },
};
