import { routeKeepsAWayBack } from "../../../../policies/rules/virtual-service/route-keeps-a-way-back.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const versions = (...names: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { host: "reviews", subsets: names.map((name) => ({ name })) },
});
const share = (subset: unknown, weight = 100) => ({ destination: { host: "reviews", subset }, weight });
const routes = (...http: unknown[][]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { hosts: ["reviews"], http: http.map((route) => ({ route })) },
});
const here = "0 spec.http[0].route";

describeRule(routeKeepsAWayBack, {
  accepts: {
    "the old version with weight 0": [routes([share("v2"), share("v1", 0)]), versions("v1", "v2")],
    "a version for some requests": [routes([share("v2")], [share("v1")]), versions("v1", "v2")],
    "the only version": [routes([share("v1")]), versions("v1")],
    "routes that do not look at versions": [routes([{ destination: { host: "reviews" } }]), versions("v1", "v2")],
  },
  refuses: {
    "a version that nothing leads to": [[routes([share("v2")]), versions("v1", "v2")], here],
    "one that is left when three share": [
      [routes([share("v1", 50), share("v2", 50)]), versions("v1", "v2", "v3")],
      here,
    ],
  },
  waits: {
    "a computed version": [
      [routes([share(unknown.text)]), versions("v1", "v2")],
      "0 spec.http[0].route[0].destination.subset",
    ],
  },
});
