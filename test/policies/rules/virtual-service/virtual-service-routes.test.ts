import { virtualServiceRoutes } from "../../../../policies/rules/virtual-service/virtual-service-routes.ts";
import { testRule } from "../../testRule.ts";
import { delegate, virtualService } from "../../valid.ts";

testRule(
  virtualServiceRoutes,
  [virtualService, [["no routes", { "spec.http": undefined, "spec.tls": [], "spec.tcp": undefined }, ["spec"]]]],
  [
    delegate,
    [
      ["a gateway without hosts", { "spec.gateways": ["entry"] }],
      ["TCP routes without hosts", { "spec.tcp": [{ route: [] }] }],
    ],
  ],
);
