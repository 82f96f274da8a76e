import { gatewayMeetsRoutesOfHost } from "../../../../policies/rules/gateway/gateway-meets-routes-of-host.ts";
import { describeRule } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";

const to = (host: string, subset?: string) => ({ route: [{ destination: { host, ...(subset && { subset }) } }] });
const routes = (name: string, spec: object): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name, namespace: "bookinfo" },
  spec,
});
const atGateway = routes("bookinfo", {
  hosts: ["bookinfo.localhost"],
  gateways: ["bookinfo-gateway"],
  http: [to("productpage")],
});
const inside = (route: object, more: object = {}) =>
  routes("productpage-routes", { hosts: ["productpage"], http: [{ ...to("productpage"), ...route }], ...more });

describeRule(gatewayMeetsRoutesOfHost, {
  accepts: {
    "routes that hold at the gateway too": [inside({ timeout: "2s" }, { gateways: ["mesh", "x"] }), atGateway],
    "routes that only lead to the service": [inside({}), atGateway],
    "routes for some clients inside": [inside({ timeout: "2s", match: [{ sourceLabels: { app: "a" } }] }), atGateway],
    "routes that choose versions, of which another rule speaks": [
      routes("productpage-routes", { hosts: ["productpage"], http: [{ ...to("productpage", "v1"), timeout: "2s" }] }),
      atGateway,
    ],
    "a service that no gateway leads to": [
      routes("reviews-routes", { hosts: ["reviews"], http: [{ ...to("reviews"), timeout: "2s" }] }),
      atGateway,
    ],
  },
  refuses: {
    "a timeout in sidecars alone": [[inside({ timeout: "2s" }), atGateway], "0 spec.http"],
    "a fault in mesh, by name": [
      [inside({ fault: { abort: { httpStatus: 500 } } }, { gateways: ["mesh"] }), atGateway],
      "0 spec.http",
    ],
    "the host by its full name": [
      [
        routes("productpage-routes", {
          hosts: ["productpage.bookinfo.svc.cluster.local"],
          http: [{ ...to("productpage"), retries: { attempts: 0 } }],
        }),
        atGateway,
      ],
      "0 spec.http",
    ],
  },
});
