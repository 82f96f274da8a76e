import { tlsRoutes } from "../../../../policies/rules/virtual-service/tls-routes.ts";
import { testRule } from "../../testRule.ts";
import { gatewayRoutes, virtualService } from "../../valid.ts";

testRule(
  tlsRoutes,
  [
    virtualService,
    [
      ["no match", { "spec.tls[0].match": [] }],
      ["no hosts", { "spec.tls[0].match[0].sniHosts": [] }],
      ["no route", { "spec.tls[0].route": [] }],
      ["no route of TCP", { "spec.tcp[0].route": undefined }],
      ["a host of another VirtualService", { "spec.tls[0].match[0].sniHosts[0]": "api.example.com" }],
      ["more hosts than there are", { "spec.tls[0].match[0].sniHosts[0]": "*.com" }],
      ["no name of a host", { "spec.tls[0].match[0].sniHosts[0]": "a*b.shop.example.com" }],
      ["fewer hosts than there are", { "spec.tls[0].match[0].sniHosts[0]": "*.api.shop.example.com" }, []],
    ],
  ],
  [gatewayRoutes, [["a name that Istio would not make up", { "spec.tls[0].match[0].sniHosts[0]": "outbound_.http" }]]],
);
