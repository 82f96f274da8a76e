import { gatewayNames } from "../../../../policies/rules/gateway/gateway-names";
import { testRule } from "../../testRule";
import { gateway } from "../../valid";

testRule(gatewayNames, [gateway, [["a dot", { "metadata.name": "shop.prod" }]]]);
