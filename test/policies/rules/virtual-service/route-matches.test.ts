import { routeMatches } from "../../../../policies/rules/virtual-service/route-matches.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

testRule(routeMatches, [
  virtualService,
  [
    ["a port that can not be", { "spec.http[0].match[0].port": 65536 }],
    ["a port of TCP that can not be", { "spec.tcp[0].match[0].port": 70000 }],
    ["a range beyond its bits", { "spec.tcp[0].match[0].destinationSubnets[0]": "10.0.0.0/33" }],
    ["no address", { "spec.tls[0].match[0].destinationSubnets[0]": "10.0.0" }],
    ["a label's value with a space", { "spec.tcp[0].match[0].sourceLabels.app": "a b" }],
    [
      "a label's name with a slash too many",
      { 'spec.tcp[0].match[0].sourceLabels["a/b/c"]': "a" },
      undefined,
      "by name",
    ],
    [
      "a label's name that is too long",
      { [`spec.tcp[0].match[0].sourceLabels["${"a".repeat(64)}"]`]: "a" },
      [`spec.tcp[0].match[0].sourceLabels.${"a".repeat(64)}`],
    ],
    ["no namespace", { "spec.http[0].match[0].sourceNamespace": "*" }],
  ],
]);
