import { trafficPoliciesSetSomething } from "../../../../policies/rules/validation/traffic-policies";
import { testRule } from "./lib/testRule";
import { destinationRule } from "./lib/valid";

const policy = "spec.trafficPolicy";
const ofPort = `${policy}.portLevelSettings[0]`;

testRule(trafficPoliciesSetSomething, [
  destinationRule,
  [
    ["nothing", { [policy]: {} }],
    ["nothing for a subset", { "spec.subsets[0].trafficPolicy": { portLevelSettings: [] } }],
    ["nothing for a port", { [ofPort]: { port: { number: 80 } } }],
    ["settings for no port", { [`${ofPort}.port`]: undefined }],
    ["a tunnel and a PROXY protocol", { [`${policy}.proxyProtocol`]: { version: "V1" } }],
  ],
]);
