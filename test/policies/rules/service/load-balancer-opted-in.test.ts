import { loadBalancerOptedIn } from "../../../../policies/rules/service/load-balancer-opted-in.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const aws = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const service = (type: unknown, annotations: unknown = {}, more: object = {}): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "cart", namespace: "shop", annotations },
  spec: { type, ...more },
});
const ingress = (scheme: unknown): Manifest => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "cart", namespace: "shop", annotations: { "alb.ingress.kubernetes.io/scheme": scheme } },
});
const release = (values: unknown, name = "entry", chart = "gateway"): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name, namespace: "istio-system", chart, values },
});

describeRule(loadBalancerOptedIn, {
  settings: { internetFacing: ["istio-system/istio-ingressgateway"] },
  accepts: {
    "a Service inside": [service("ClusterIP"), service(undefined)],
    "an internal load balancer": [service("LoadBalancer", { [aws("scheme")]: "internal" })],
    "the old way to say so": [service("LoadBalancer", { [aws("internal")]: "true" })],
    "one of Google": [service("LoadBalancer", { "networking.gke.io/load-balancer-type": "Internal" })],
    "one of Azure": [service("LoadBalancer", { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" })],
    "a controller that keeps it inside": [
      service("LoadBalancer", { [aws("type")]: "external" }),
      service("LoadBalancer", {}, { loadBalancerClass: "service.k8s.aws/nlb" }),
    ],
    "a gateway that is listed": [release({}, "istio-ingressgateway")],
    "a gateway inside": [release({ service: { type: "ClusterIP" } })],
    "another chart": [release({}, "kiali", "kiali-server")],
    "an internal Ingress": [ingress("internal")],
  },
  refuses: {
    "a load balancer": [[service("LoadBalancer")], "spec.type"],
    "one that says so": [[service("LoadBalancer", { [aws("scheme")]: "internet-facing" })], "spec.type"],
    "one of the controller that says so": [
      [service("LoadBalancer", { [aws("type")]: "external", [aws("scheme")]: "internet-facing" })],
      "spec.type",
    ],
    "a gateway by the default of its chart": [[release({})], "values.service.type"],
    "another chart that asks for one": [
      [release({ service: { type: "LoadBalancer" } }, "grafana", "grafana")],
      "values.service.type",
    ],
    "an Ingress": [[ingress("internet-facing")], 'metadata.annotations["alb.ingress.kubernetes.io/scheme"]'],
  },
  waits: {
    "a computed type": [[service(unknown.text)], "spec.type"],
    "computed annotations": [[service("LoadBalancer", unknown.object)], "metadata.annotations"],
  },
});
