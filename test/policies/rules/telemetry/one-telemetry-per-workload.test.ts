import { oneTelemetryPerWorkload } from "../../../../policies/rules/telemetry/one-telemetry-per-workload.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, pods } from "../../istioctlObjects.ts";

const telemetry = (matchLabels?: object, namespace?: string, rest: object = {}) =>
  anObject("Telemetry", "own", { ...(matchLabels && { selector: { matchLabels } }), ...rest }, namespace);
const cart = { app: "cart" };
const here = "spec.selector";
const target = { targetRefs: [{ kind: "Gateway", name: "entry" }] };

describeRule(oneTelemetryPerWorkload, {
  withCodes: true,
  accepts: {
    "one for the namespace and one for some pods": [telemetry(), telemetry(cart), pods(cart)],
    "different pods": [telemetry(cart), telemetry({ app: "pay" }), pods(cart), pods({ app: "pay" })],
    "one for each namespace": [telemetry(), telemetry(undefined, "other")],
    "one for the namespace and one for a gateway": [telemetry(), telemetry(undefined, undefined, target)],
  },
  refuses: {
    "two for the same pods": [[telemetry(cart), telemetry(cart), pods(cart)], `IST0159 0 ${here}`, `IST0159 1 ${here}`],
    "two for a namespace": [[telemetry(), telemetry()], `IST0160 0 ${here}`, `IST0160 1 ${here}`],
  },
});
