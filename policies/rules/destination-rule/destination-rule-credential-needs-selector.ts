import type { ObjectRule } from "../../engine/rule.ts";
import { trafficPoliciesOf } from "./lib/trafficPolicies.ts";

const BY_CREDENTIAL = new Set(["SIMPLE", "MUTUAL"]);

export const destinationRuleCredentialNeedsSelector: ObjectRule = {
  id: "destination-rule-credential-needs-selector",
  title: "A DestinationRule with a credentialName selects the workloads that use it.",
  rationale: "Sidecars ignore credentials in a rule without workloadSelector, and send plain text instead.",
  remediation: "Add a workloadSelector with the labels of the clients, or of the egress gateway's Pods.",
  severity: "high",
  codes: [],
  kinds: ["DestinationRule"],

  *check(object) {
    const selector = object.spec.at("workloadSelector");
    if (selector.isPresent() || selector.isUnknown()) return;
    for (const policy of trafficPoliciesOf(object)) {
      const tls = policy.at("tls");
      const credential = tls.at("credentialName");
      const mode = tls.at("mode").string();
      const name = credential.string();
      // A ConfigMap holds only what everybody may read.
      if (name === undefined || name === "" || name.startsWith("configmap://")) continue;
      if (mode !== undefined && BY_CREDENTIAL.has(mode)) {
        yield {
          path: credential.path,
          message: "add spec.workloadSelector: without it sidecars skip TLS and send plain text",
        };
      }
    }
  },
};
