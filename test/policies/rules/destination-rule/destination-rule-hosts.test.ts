import { destinationRuleHosts } from "../../../../policies/rules/destination-rule/destination-rule-hosts.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

testRule(destinationRuleHosts, [
  destinationRule,
  [
    ["no host", { "spec.host": undefined }],
    ["an empty host", { "spec.host": "" }],
    ["an asterisk within", { "spec.host": "a.*.com" }],
  ],
]);
