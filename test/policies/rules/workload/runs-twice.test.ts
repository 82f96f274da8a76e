import { runsTwice } from "../../../../policies/rules/workload/runs-twice.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const deployment = (replicas: unknown, name = "reviews-v1"): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "bookinfo" },
  spec: { replicas, template: { metadata: { labels: { app: "reviews" } } } },
});
const scaler = (minReplicas: unknown, name = "reviews-v1"): Manifest => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name, namespace: "bookinfo" },
  spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name }, minReplicas, maxReplicas: 5 },
});
const release = (chart: string, values: unknown): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: `istio-${chart}`, namespace: "istio-system", chart, values },
});

describeRule(runsTwice, {
  settings: { single: ["bookinfo/mongodb-*"] },
  accepts: {
    "two pods": [deployment(2)],
    "none, on purpose": [deployment(0)],
    "an autoscaler from two": [deployment(undefined), scaler(2)],
    "one that is listed": [deployment(1, "mongodb-v1")],
    istiod: [release("istiod", { autoscaleMin: 2 })],
    "istiod without an autoscaler": [release("istiod", { autoscaleEnabled: false, replicaCount: 3 })],
    "a gateway": [release("gateway", { autoscaling: { minReplicas: 2 } })],
    "a gateway on every node": [release("gateway", { kind: "DaemonSet" })],
    "another chart": [release("kiali-server", {})],
  },
  refuses: {
    "one pod": [[deployment(1)], "0 spec.replicas"],
    "the default": [[deployment(undefined)], "0 spec.replicas"],
    "an autoscaler from one": [[deployment(3), scaler(1)], "1 spec.minReplicas"],
    "the autoscaler of another": [[deployment(1), scaler(2, "ratings-v1")], "0 spec.replicas"],
    "istiod by the default of its chart": [[release("istiod", {})], "0 values.autoscaleMin"],
    "a gateway by the default of its chart": [[release("gateway", {})], "0 values.autoscaling.minReplicas"],
    "a gateway without an autoscaler": [
      [release("gateway", { autoscaling: { enabled: false } })],
      "0 values.replicaCount",
    ],
  },
  waits: { "a computed number": [[deployment(unknown.text)], "0 spec.replicas"] },
});
