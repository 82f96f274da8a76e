import { peerAuthenticationPorts } from "../../../../policies/rules/peer-authentication/peer-authentication-ports.ts";
import { testRule } from "../../testRule.ts";
import { peerAuthentication } from "../../valid.ts";

testRule(peerAuthenticationPorts, [
  peerAuthentication,
  [
    ["no selector", { "spec.selector": undefined }, ["spec.portLevelMtls"]],
    ["a selector without labels", { "spec.selector.matchLabels": {} }, ["spec.portLevelMtls"]],
    ["a selector with an empty label alone", { "spec.selector.matchLabels": { app: null } }, ["spec.portLevelMtls"]],
    ["port 0", { "spec.portLevelMtls": { "0": { mode: "STRICT" } } }, ["spec.portLevelMtls.0"]],
    ["a port that can not be", { "spec.portLevelMtls": { "65536": {} } }, ["spec.portLevelMtls.65536"]],
    ["a port with a zero before it", { "spec.portLevelMtls": { "0808": {} } }, ["spec.portLevelMtls.0808"]],
    ["a port with a sign", { "spec.portLevelMtls": { "+80": {} } }, ['spec.portLevelMtls["+80"]']],
    ["a port that the API server drops", { "spec.portLevelMtls": { "80": {}, none: null } }, []],
  ],
]);
