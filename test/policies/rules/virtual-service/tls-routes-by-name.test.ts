import { tlsRoutesByName } from "../../../../policies/rules/virtual-service/tls-routes-by-name.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

testRule(tlsRoutesByName, [virtualService, [["an address", { "spec.tls[0].match[0].sniHosts[0]": "10.1.2.3" }]]]);
