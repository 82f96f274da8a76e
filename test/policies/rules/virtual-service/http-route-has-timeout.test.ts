import { httpRouteHasTimeout } from "../../../../policies/rules/virtual-service/http-route-has-timeout.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (...http: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { hosts: ["reviews"], http },
});
const route = [{ destination: { host: "reviews" } }];

describeRule(httpRouteHasTimeout, {
  accepts: {
    "a timeout": [routes({ route, timeout: "1s" })],
    "that requests may stay open": [routes({ route, timeout: "0s" })],
    "a redirect": [routes({ redirect: { uri: "/login" } })],
  },
  refuses: {
    "no timeout": [[routes({ route })], "spec.http[0].timeout"],
    "none in the second route": [[routes({ route, timeout: "1s" }, { route })], "spec.http[1].timeout"],
  },
  waits: { "computed routes": [[routes({ route: unknown.list })], "spec.http[0].route"] },
});
