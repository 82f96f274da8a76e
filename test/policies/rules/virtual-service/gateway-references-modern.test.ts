import { gatewayReferencesModern } from "../../../../policies/rules/virtual-service/gateway-references-modern.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

testRule(gatewayReferencesModern, [
  virtualService,
  [
    ["a dot for the namespace", { "spec.gateways[1]": "entry.prod.svc.cluster.local" }],
    ["a dot in a match", { "spec.tls[0].match[0].gateways[0]": "entry.prod" }],
  ],
]);
