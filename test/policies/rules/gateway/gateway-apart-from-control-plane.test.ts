import { gatewayApartFromControlPlane } from "../../../../policies/rules/gateway/gateway-apart-from-control-plane.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const release = (chart: string, namespace: unknown, name = `istio-${chart}`): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name, namespace, chart, values: {} },
});
const deployment = (namespace: string, annotations: object): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "edge", namespace },
  spec: { template: { metadata: { labels: { istio: "edge" }, annotations } } },
});
const injected = { "inject.istio.io/templates": "gateway" };

describeRule(gatewayApartFromControlPlane, {
  accepts: {
    "a namespace of its own": [release("istiod", "istio-system"), release("gateway", "istio-ingress")],
    "the control plane itself": [release("istiod", "istio-system"), release("base", "istio-system")],
    "a gateway on its way": [release("gateway", "istio-system"), release("gateway", "istio-ingress")],
    "pods that are no gateway": [deployment("istio-system", {})],
    "pods of a gateway elsewhere": [deployment("edge", injected)],
    "another's chart": [
      {
        type: "kubernetes:helm.sh/v3:Release",
        props: {
          name: "gateway",
          namespace: "istio-system",
          chart: "gateway",
          repositoryOpts: { repo: "https://charts.example.com" },
        },
      },
    ],
  },
  refuses: {
    "beside the control plane": [
      [release("istiod", "istio-system"), release("gateway", "istio-system")],
      "1 namespace",
    ],
    "one of two": [
      [release("gateway", "istio-system", "istio-egressgateway"), release("gateway", "istio-ingress")],
      "0 namespace",
    ],
    "beside a control plane elsewhere": [[release("istiod", "mesh"), release("gateway", "mesh")], "1 namespace"],
    "pods that are injected as a gateway": [[deployment("istio-system", injected)], "0 metadata.namespace"],
  },
  waits: { "a computed namespace": [[release("gateway", unknown.text)], "0 namespace"] },
});
