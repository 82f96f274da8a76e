import type { ObjectRule } from "../../engine/rule.ts";
import { trafficPoliciesOf } from "./lib/trafficPolicies.ts";

export const destinationRuleKeepsTls: ObjectRule = {
  id: "destination-rule-keeps-tls",
  title: "No DestinationRule turns TLS off.",
  rationale: "With DISABLE clients send plain text to this host, whatever the mesh has been told to do.",
  remediation: "Leave tls out, so that sidecars use mutual TLS where the other side can, or exempt the host.",
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
        yield { path: mode.path, message: "leave tls out here, or name a mode other than DISABLE" };
      }
    }
  },
};
