import type { ObjectRule } from "../../rule";
import { trafficPoliciesOf } from "./lib/trafficPolicies";

export const destinationRuleKeepsTls: ObjectRule = {
  id: "destination-rule-keeps-tls",
  requires: "No DestinationRule turns TLS off.",
  because: "With DISABLE clients send plain text to this host, whatever the mesh has been told to do.",
  wayOut: "Leave tls out, so that sidecars use mutual TLS where the other side can, or exempt the host.",
  severity: "medium",
  environment: true,
  covers: [],
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of trafficPoliciesOf(object)) {
      const mode = policy.at("tls", "mode");
      const isWritten = policy.at("tls").isPresent();
      // What is written without a mode is DISABLE to Istio.
      if (isWritten && !mode.isUnknown() && (mode.isAbsent() || mode.text() === "DISABLE")) {
        yield { path: mode.path, message: "leave tls out here, or name a mode other than DISABLE" };
      }
    }
  },
};
