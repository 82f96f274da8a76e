import { virtualServiceRoutes } from "../../../../policies/rules/validation/virtual-service-routes";
import { testRule } from "./lib/testRule";
import { delegate, virtualService } from "./lib/valid";

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
