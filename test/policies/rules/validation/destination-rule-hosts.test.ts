import { destinationRuleHosts } from "../../../../policies/rules/validation/destination-rule-hosts";
import { testRule } from "./lib/testRule";
import { destinationRule } from "./lib/valid";

testRule(destinationRuleHosts, [
  destinationRule,
  [
    ["no host", { "spec.host": undefined }],
    ["an empty host", { "spec.host": "" }],
    ["an asterisk within", { "spec.host": "a.*.com" }],
  ],
]);
