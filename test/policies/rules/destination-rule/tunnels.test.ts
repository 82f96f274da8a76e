import { tunnels } from "../../../../policies/rules/destination-rule/tunnels.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";

testRule(tunnels, [
  destinationRule,
  [
    ["another method", { [`${policy}.tunnel.protocol`]: "GET" }],
    ["a wildcard", { [`${policy}.tunnel.targetHost`]: "*.example.com" }],
    ["no port", { [`${policy}.tunnel.targetPort`]: 0 }],
    ["an address", { [`${policy}.tunnel.targetHost`]: "10.1.2.3" }, []],
  ],
]);
