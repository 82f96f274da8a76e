import type { ObjectRule } from "../../rule";

export const outboundModeWritten: ObjectRule = {
  id: "outbound-mode-written",
  requires: "The outbound traffic policy of a Sidecar says its mode.",
  because: "Left out it means REGISTRY_ONLY here, though the default of the mesh is ALLOW_ANY.",
  wayOut: "Write the mode, REGISTRY_ONLY or ALLOW_ANY.",
  severity: "low",
  covers: ["KIA1007"],
  kinds: ["Sidecar"],

  *check({ spec }) {
    const policy = spec.at("outboundTrafficPolicy");
    if (policy.isPresent() && policy.at("mode").isAbsent()) {
      yield { path: policy.path, message: "write the mode, REGISTRY_ONLY or ALLOW_ANY" };
    }
  },
};
