import { tlsRoutesByName } from "../../../../policies/rules/validation/tls-routes-by-name";
import { testRule } from "./lib/testRule";
import { virtualService } from "./lib/valid";

testRule(tlsRoutesByName, [virtualService, [["an address", { "spec.tls[0].match[0].sniHosts[0]": "10.1.2.3" }]]]);
