import type { ObjectRule } from "../../engine/rule.ts";

export const outboundModeWritten: ObjectRule = {
  id: "outbound-mode-written",
  title: "The outbound traffic policy of a Sidecar says its mode.",
  rationale: "Left out it means REGISTRY_ONLY here, though the default of the mesh is ALLOW_ANY.",
  remediation: "Write the mode, REGISTRY_ONLY or ALLOW_ANY.",
  severity: "low",
  codes: ["KIA1007"],
  sources: ["kiali/business/checkers/sidecars/outbound_traffic_policy_mode.go"],
  kinds: ["Sidecar"],

  *check({ spec }) {
    const policy = spec.at("outboundTrafficPolicy");
    if (policy.isPresent() && policy.at("mode").isAbsent()) {
      yield { path: policy.path, message: "write the mode, REGISTRY_ONLY or ALLOW_ANY" };
    }
  },
};
