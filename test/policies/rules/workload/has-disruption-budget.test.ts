import { hasDisruptionBudget } from "../../../../policies/rules/workload/has-disruption-budget.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const deployment: Manifest = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "reviews-v1", namespace: "bookinfo" },
  spec: { replicas: 2, template: { metadata: { labels: { app: "reviews", version: "v1" } } } },
};
const budget = (matchLabels: unknown, namespace = "bookinfo"): Manifest => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "reviews", namespace },
  spec: { minAvailable: 1, selector: { matchLabels } },
});
const release = (chart: string, values: unknown): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: `istio-${chart}`, namespace: "istio-system", chart, values },
});
const twice = { autoscaling: { minReplicas: 2 } };

describeRule(hasDisruptionBudget, {
  accepts: {
    "a budget": [deployment, budget({ app: "reviews" })],
    "a budget for all of a namespace": [deployment, budget({})],
    "one pod, which a budget would only hold fast": [{ ...deployment, spec: { replicas: 1 } }],
    istiod: [release("istiod", { autoscaleMin: 2 })],
    "a gateway": [release("gateway", { ...twice, podDisruptionBudget: { minAvailable: 1 } })],
  },
  refuses: {
    "no budget": [[deployment], "0 spec.replicas"],
    "a budget for others": [[deployment, budget({ app: "ratings" })], "0 spec.replicas"],
    "a budget of another namespace": [[deployment, budget({ app: "reviews" }, "shop")], "0 spec.replicas"],
    "istiod without": [
      [release("istiod", { autoscaleMin: 2, global: { defaultPodDisruptionBudget: { enabled: false } } })],
      "0 values.autoscaleMin",
    ],
    "a gateway without": [[release("gateway", twice)], "0 values.autoscaling.minReplicas"],
  },
  waits: {
    "a computed selector": [[deployment, budget(unknown.object)], "1 spec.selector.matchLabels"],
  },
});
