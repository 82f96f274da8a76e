import { peerAuthenticationPorts } from "../../../../policies/rules/validation/peer-authentication-ports";
import { testRule } from "./lib/testRule";
import { peerAuthentication } from "./lib/valid";

testRule(peerAuthenticationPorts, [
  peerAuthentication,
  [
    ["no selector", { "spec.selector": undefined }, ["spec.portLevelMtls"]],
    ["a selector without labels", { "spec.selector.matchLabels": {} }, ["spec.portLevelMtls"]],
    ["port 0", { "spec.portLevelMtls": { "0": { mode: "STRICT" } } }, ["spec.portLevelMtls.0"]],
    ["a port that can not be", { "spec.portLevelMtls": { "65536": {} } }, ["spec.portLevelMtls.65536"]],
  ],
]);
