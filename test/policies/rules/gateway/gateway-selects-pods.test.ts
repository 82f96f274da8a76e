import { gatewaySelectsPods } from "../../../../policies/rules/gateway/gateway-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, INGRESS, ingressPods, pods, serving } from "../../istioctlObjects.ts";

const gateway = (selector: object) => aGateway("entry", [serving(["*"])], selector);
const release = (chart: string) => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { chart, name: "istio-ingressgateway", namespace: "istio-ingress", values: {} },
});

describeRule(gatewaySelectsPods, {
  accepts: {
    "the labels of pods in any namespace": [gateway(INGRESS), ingressPods],
    "no labels": [gateway({}), ingressPods],
    "pods of Istio's chart": [gateway(INGRESS), release("gateway")],
    "what another chart may bring": [gateway({ istio: "entrance" }), ingressPods, release("traefik")],
    "what is beside a stack without gateways": [gateway(INGRESS), pods({ app: "cart" })],
    "any, where no pods are declared": [gateway(INGRESS)],
  },
  refuses: {
    "labels of no pods": [[gateway({ istio: "entrance" }), ingressPods], "0 spec.selector"],
    "one label too many": [[gateway({ ...INGRESS, app: "entry" }), ingressPods], "0 spec.selector"],
  },
});
