import { mergedRoutesReachable } from "../../../../policies/rules/virtual-service/merged-routes-reachable.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, ingressPods, routing, serving } from "../../istioctlObjects.ts";

const gateway = aGateway("entry", [serving(["*"])]);
const routes = (name: string, match: object | undefined, rest: object = {}) => {
  const object = routing("api.shop.example", {
    gateways: ["entry"],
    http: [{ ...(match && { match: [match] }), route: [{ destination: { host: name } }] }],
    ...rest,
  });
  return { ...object, metadata: { name, namespace: "shop" } };
};
const prefix = (text: string, rest: object = {}) => ({ uri: { prefix: text }, ...rest });
const wide = routes("web", prefix("/api"));
const narrow = routes("orders", prefix("/api/orders"));
const world = [gateway, ingressPods];

describeRule(mergedRoutesReachable, {
  open: false,
  accepts: {
    "other paths": [wide, routes("orders", prefix("/orders")), ...world],
    "other hosts": [wide, routes("orders", prefix("/api/orders"), { hosts: ["b.shop.example"] }), ...world],
    "another gateway": [wide, routes("orders", prefix("/api/orders"), { gateways: ["other"] }), ...world],
    "the sidecars": [routes("web", prefix("/api"), { gateways: ["mesh"] }), narrow, ...world],
    "all paths, which go last": [routes("web", prefix("/")), narrow, ...world],
    "no match, which goes last": [routes("web", undefined), narrow, ...world],
    "a prefix that asks for more": [
      routes("web", prefix("/api", { headers: { "x-user": { exact: "a" } } })),
      narrow,
      ...world,
    ],
    "the same prefix that asks for more": [wide, routes("b", prefix("/api", { method: { exact: "GET" } })), ...world],
    "a match for the sidecars alone": [
      wide,
      routes("orders", prefix("/api/orders", { gateways: ["mesh"] }), { gateways: ["entry", "mesh"] }),
      ...world,
    ],
    "one VirtualService": [
      routes("web", undefined, { http: [{ match: [prefix("/api")] }, { match: [prefix("/api/orders")] }] }),
      ...world,
    ],
    "one that the gateway does not see": [routes("web", prefix("/api"), { exportTo: ["."] }), narrow, ...world],
  },
  refuses: {
    "a prefix of the other's": [[wide, narrow, ...world], "1 spec.http[0].match[0]"],
    "a prefix of the other's exact path": [
      [wide, routes("orders", { uri: { exact: "/api/orders" } }), ...world],
      "1 spec.http[0].match[0]",
    ],
    "the same prefix": [
      [wide, routes("orders", prefix("/api")), ...world],
      "0 spec.http[0].match[0]",
      "1 spec.http[0].match[0]",
    ],
    "a prefix of a match that asks for more": [
      [wide, routes("orders", prefix("/api/orders", { method: { exact: "GET" } })), ...world],
      "1 spec.http[0].match[0]",
    ],
  },
});
