import { denialsOfTcp } from "../../../../policies/rules/authorization-policy/denials-of-tcp.ts";
import { testRule } from "../../testRule.ts";
import { authorizationPolicy } from "../../valid.ts";

const rule = "spec.rules[0]";
const operation = `${rule}.to[0].operation`;

testRule(denialsOfTcp, [
  authorizationPolicy,
  [
    ["no port", { [`${operation}.ports`]: undefined }, [rule]],
    ["only who asks by HTTP", { "spec.rules[1].from[0].source": { requestPrincipals: ["*"] } }, ["spec.rules[1]"]],
    ["no denial", { [`${operation}.ports`]: undefined, "spec.action": "ALLOW" }, []],
  ],
]);
