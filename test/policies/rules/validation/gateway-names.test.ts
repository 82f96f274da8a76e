import { gatewayNames } from "../../../../policies/rules/validation/gateway-names";
import { testRule } from "./lib/testRule";
import { gateway } from "./lib/valid";

testRule(gatewayNames, [gateway, [["a dot", { "metadata.name": "shop.prod" }]]]);
