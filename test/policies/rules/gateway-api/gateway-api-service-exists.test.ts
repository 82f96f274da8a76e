import { gatewayApiServiceExists } from "../../../../policies/rules/gateway-api/gateway-api-service-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { httpRoute, referenceGrant, service } from "../../kialiObjects.ts";

const sending = (...backendRefs: object[]) => httpRoute({ rules: [{ backendRefs }] });
const grant = (namespace: string) =>
  referenceGrant({ from: [{ kind: "HTTPRoute", namespace }], to: [{ kind: "Service" }] }, { namespace: "other" });

describeRule(gatewayApiServiceExists, {
  open: false,
  accepts: {
    "a Service of the namespace": [sending({ name: "reviews" }), service()],
    "a Service that grants it": [
      sending({ kind: "Service", name: "reviews", namespace: "other" }),
      service({}, { namespace: "other" }),
      grant("shop"),
    ],
    "something else": [sending({ kind: "InferencePool", name: "any" })],
  },
  refuses: {
    "a Service that is not there": [
      [sending({ name: "ratings" }, { name: "reviews.shop" }), service()],
      "0 spec.rules[0].backendRefs[0].name",
      "0 spec.rules[0].backendRefs[1].name",
    ],
    "a Service that does not grant it": [
      [sending({ name: "reviews", namespace: "other" }), service({}, { namespace: "other" }), grant("third")],
      "0 spec.rules[0].backendRefs[0].name",
    ],
    "a parent that is not there": [
      [httpRoute({ parentRefs: [{ kind: "Service", group: "", name: "ratings" }] }), service()],
      "0 spec.parentRefs[0].name",
    ],
  },
});
