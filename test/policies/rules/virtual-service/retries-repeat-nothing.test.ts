import { retriesRepeatNothing } from "../../../../policies/rules/virtual-service/retries-repeat-nothing.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (retries: unknown, match?: unknown): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: {
    hosts: ["reviews"],
    http: [{ ...(match !== undefined && { match }), route: [{ destination: { host: "reviews" } }], retries }],
  },
});
const retries = { attempts: 3, perTryTimeout: "2s", retryOn: "gateway-error,connect-failure" };
const here = "spec.http[0].retries.retryOn";

describeRule(retriesRepeatNothing, {
  accepts: {
    "conditions under which nobody has seen the request": [
      routes({ attempts: 3, retryOn: "connect-failure, refused-stream,unavailable" }),
    ],
    "Istio's own conditions": [routes({ attempts: 3 })],
    "no retries": [routes({ attempts: 0, retryOn: "5xx" })],
    "methods that may be repeated": [routes(retries, [{ method: { exact: "GET" } }, { method: { exact: "HEAD" } }])],
  },
  refuses: {
    "any request": [[routes(retries)], here],
    "a POST": [[routes(retries, [{ method: { exact: "POST" } }])], here],
    "a match that does not look at the method": [
      [routes(retries, [{ method: { exact: "GET" } }, { uri: { prefix: "/" } }])],
      here,
    ],
    "codes of HTTP": [[routes({ attempts: 1, retryOn: "503" })], here],
  },
  waits: { "computed conditions": [[routes({ attempts: 1, retryOn: unknown.text })], here] },
});
