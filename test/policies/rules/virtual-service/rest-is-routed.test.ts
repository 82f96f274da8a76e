import { restIsRouted } from "../../../../policies/rules/virtual-service/rest-is-routed.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (spec: object, ...matches: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: {
    hosts: ["reviews"],
    ...spec,
    http: matches.map((match) => ({
      ...(match !== undefined && { match }),
      route: [{ destination: { host: "reviews" } }],
    })),
  },
});
const jason = [{ headers: { "end-user": { exact: "jason" } } }];

describeRule(restIsRouted, {
  accepts: {
    "a route without a match": [routes({}, jason, undefined)],
    "a route for every path": [routes({}, jason, [{ uri: { prefix: "/" } }])],
    "routes by the way that requests come": [
      routes({ gateways: ["mesh", "out"] }, [{ gateways: ["mesh"], port: 80 }], [{ gateways: ["out"], port: 80 }]),
    ],
    "some paths at a gateway": [routes({ gateways: ["in"] }, [{ uri: { exact: "/productpage" } }])],
    "routes that others call by name": [routes({ hosts: undefined }, jason)],
    "no routes of HTTP": [routes({ tcp: [{ route: [] }] })],
  },
  refuses: {
    "a route for one user": [[routes({}, jason)], "spec.http"],
    "routes for some paths": [[routes({}, [{ uri: { prefix: "/api" } }], [{ uri: { exact: "/x" } }])], "spec.http"],
    "a gateway beside the sidecars": [[routes({ gateways: ["mesh", "in"] }, jason)], "spec.http"],
  },
  waits: { "computed matches": [[routes({}, unknown.list)], "spec.http[0].match"] },
});
