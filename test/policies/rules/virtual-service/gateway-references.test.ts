import { gatewayReferences } from "../../../../policies/rules/virtual-service/gateway-references.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

testRule(gatewayReferences, [
  virtualService,
  [
    ["no name", { "spec.gateways[0]": "prod/" }],
    ["no namespace", { "spec.gateways[0]": "/entry" }],
    ["a dot in the name", { "spec.gateways[0]": "prod/entry.a" }],
    ["two slashes", { "spec.gateways[0]": "prod/entry/a" }],
    ["an underscore", { "spec.gateways[1]": "entry_a" }],
    ["a wrong name to match", { "spec.http[0].match[0].gateways[0]": "prod/*" }],
    ["a wrong name after one without a namespace", { "spec.gateways[2]": "a b" }, []],
  ],
]);
