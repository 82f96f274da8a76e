import { authorizationListsFilled } from "../../../../policies/rules/authorization-policy/authorization-lists-filled";
import { testRule } from "../../testRule";
import { authorizationPolicy } from "../../valid";

const rule = "spec.rules[0]";

testRule(authorizationListsFilled, [
  authorizationPolicy,
  [
    ["from nobody", { [`${rule}.from`]: [] }],
    ["to nothing", { [`${rule}.to`]: [] }],
    ["from anybody", { [`${rule}.from`]: undefined }, []],
  ],
]);
