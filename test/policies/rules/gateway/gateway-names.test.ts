import { gatewayNames } from "../../../../policies/rules/gateway/gateway-names.ts";
import { testRule } from "../../testRule.ts";
import { gateway } from "../../valid.ts";

testRule(gatewayNames, [gateway, [["a dot", { "metadata.name": "shop.prod" }]]]);
