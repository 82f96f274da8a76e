import { noFaultInjection } from "../../../../policies/rules/virtual-service/no-fault-injection.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (...http: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "ratings", namespace: "bookinfo" },
  spec: { hosts: ["ratings"], http },
});
const route = [{ destination: { host: "ratings" } }];
const delay = { percentage: { value: 100 }, fixedDelay: "7s" };

describeRule(noFaultInjection, {
  accepts: { "a route": [routes({ route, timeout: "1s" })] },
  refuses: {
    "a delay": [[routes({ route, fault: { delay } })], "spec.http[0].fault"],
    "an abort in the second route": [
      [routes({ route }, { route, fault: { abort: { httpStatus: 500 } } })],
      "spec.http[1].fault",
    ],
  },
  waits: { "a computed fault": [[routes({ route, fault: unknown.object })], "spec.http[0].fault"] },
});
