import { authorizationListsFilled } from "../../../../policies/rules/authorization-policy/authorization-lists-filled.ts";
import { testRule } from "../../testRule.ts";
import { authorizationPolicy } from "../../valid.ts";

const rule = "spec.rules[0]";

testRule(authorizationListsFilled, [
  authorizationPolicy,
  [
    ["from nobody", { [`${rule}.from`]: [] }],
    ["to nothing", { [`${rule}.to`]: [] }],
    ["from anybody", { [`${rule}.from`]: undefined }, []],
  ],
]);
