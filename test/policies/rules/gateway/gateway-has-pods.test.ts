import { gatewayHasPods } from "../../../../policies/rules/gateway/gateway-has-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, gateway } from "../../kialiObjects.ts";

describeRule(gatewayHasPods, {
  open: false,
  accepts: {
    "pods of the namespace": [gateway({ selector: { istio: "ingress" } }), deployment({ istio: "ingress", app: "in" })],
    "no pods labelled that way": [gateway({ selector: { istio: "ingress" } }), deployment({ app: "a" })],
    "pods of another namespace": [
      gateway({ selector: { istio: "ingress" } }),
      deployment({ istio: "ingress" }, { namespace: "edge" }),
    ],
  },
  refuses: {
    "no pods": [[gateway({ selector: { istio: "ingress" } }), deployment({ istio: "egress" })], "0 spec.selector"],
    "pods with one of two labels": [
      [gateway({ selector: { istio: "ingress", app: "a" } }), deployment({ istio: "ingress" })],
      "0 spec.selector",
    ],
  },
});
