import { authorizationListsFilled } from "../../../../policies/rules/validation/authorization-lists-filled";
import { testRule } from "./lib/testRule";
import { authorizationPolicy } from "./lib/valid";

const rule = "spec.rules[0]";

testRule(authorizationListsFilled, [
  authorizationPolicy,
  [
    ["from nobody", { [`${rule}.from`]: [] }],
    ["to nothing", { [`${rule}.to`]: [] }],
    ["from anybody", { [`${rule}.from`]: undefined }, []],
  ],
]);
