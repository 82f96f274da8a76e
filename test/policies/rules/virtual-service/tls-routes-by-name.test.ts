import { tlsRoutesByName } from "../../../../policies/rules/virtual-service/tls-routes-by-name";
import { testRule } from "../../testRule";
import { virtualService } from "../../valid";

testRule(tlsRoutesByName, [virtualService, [["an address", { "spec.tls[0].match[0].sniHosts[0]": "10.1.2.3" }]]]);
