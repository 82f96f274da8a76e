import type { ObjectRule } from "../../engine/rule.ts";
import { trafficPoliciesOf } from "./lib/trafficPolicies.ts";

export const destinationRuleKeepsTls: ObjectRule = {
  id: "destination-rule-keeps-tls",
  title: "A DestinationRule does not disable TLS.",
  rationale: "With DISABLE, clients send plain text to this host regardless of the mesh's settings.",
  remediation: "Remove tls so that sidecars use mutual TLS where the server supports it, or exempt the host.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of trafficPoliciesOf(object)) {
      const mode = policy.at("tls", "mode");
      const isWritten = policy.at("tls").isPresent();
      // What is written without a mode is DISABLE to Istio.
      if (isWritten && !mode.isUnknown() && (mode.isAbsent() || mode.string() === "DISABLE")) {
        yield { path: mode.path, message: "remove tls here, or use a mode other than DISABLE" };
      }
    }
  },
};
