import { destinationRuleHosts } from "../../../../policies/rules/destination-rule/destination-rule-hosts";
import { testRule } from "../../testRule";
import { destinationRule } from "../../valid";

testRule(destinationRuleHosts, [
  destinationRule,
  [
    ["no host", { "spec.host": undefined }],
    ["an empty host", { "spec.host": "" }],
    ["an asterisk within", { "spec.host": "a.*.com" }],
  ],
]);
