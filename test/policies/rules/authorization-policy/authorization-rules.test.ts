import { authorizationRules } from "../../../../policies/rules/authorization-policy/authorization-rules.ts";
import { testRule } from "../../testRule.ts";
import { authorizationPolicy } from "../../valid.ts";

const rule = "spec.rules[0]";
const source = `${rule}.from[0].source`;
const operation = `${rule}.to[0].operation`;

testRule(authorizationRules, [
  authorizationPolicy,
  [
    ["no source", { [`${rule}.from[0]`]: {} }, [source]],
    ["an empty source", { [source]: { principals: [] } }],
    ["no operation", { [operation]: undefined }],
    ["an empty operation", { [operation]: {} }],
    ["accounts and principals", { [`${source}.serviceAccounts`]: ["a"] }],
  ],
]);
