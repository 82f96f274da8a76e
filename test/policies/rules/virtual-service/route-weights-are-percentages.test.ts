import { routeWeightsArePercentages } from "../../../../policies/rules/virtual-service/route-weights-are-percentages.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (protocol: string, ...weights: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: {
    hosts: ["reviews"],
    [protocol]: [
      {
        route: weights.map((weight, index) => ({
          destination: { host: "reviews", subset: `v${index + 1}` },
          ...(weight !== undefined && { weight }),
        })),
      },
    ],
  },
});

describeRule(routeWeightsArePercentages, {
  accepts: {
    "two shares": [routes("http", 90, 10)],
    "all to one": [routes("http", 0, 100)],
    "one destination": [routes("http", undefined)],
    "a share that is left out": [routes("tcp", 100, undefined)],
  },
  refuses: {
    "too much": [[routes("http", 90, 20)], "spec.http[0].route"],
    "too little": [[routes("tls", 50, 49)], "spec.tls[0].route"],
    proportions: [[routes("tcp", 1, 1, 1)], "spec.tcp[0].route"],
  },
  waits: { "a computed weight": [[routes("http", 90, unknown.text)], "spec.http[0].route[1].weight"] },
});
