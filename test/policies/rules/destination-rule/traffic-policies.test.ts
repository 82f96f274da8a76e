import { trafficPolicies } from "../../../../policies/rules/destination-rule/traffic-policies.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";
const ofPort = `${policy}.portLevelSettings[0]`;

testRule(trafficPolicies, [
  destinationRule,
  [
    ["nothing", { [policy]: {} }],
    ["nothing for a subset", { "spec.subsets[0].trafficPolicy": { portLevelSettings: [] } }],
    ["nothing for a port", { [ofPort]: { port: { number: 80 } } }],
    ["settings for no port", { [`${ofPort}.port`]: undefined }],
    ["a tunnel and a PROXY protocol", { [`${policy}.proxyProtocol`]: { version: "V1" } }],
  ],
]);
