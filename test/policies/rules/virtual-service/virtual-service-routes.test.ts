import { virtualServiceRoutes } from "../../../../policies/rules/virtual-service/virtual-service-routes";
import { testRule } from "../../testRule";
import { delegate, virtualService } from "../../valid";

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
