import { describe, expect, it } from "vitest";
import { workloadHasAppAndVersionLabels } from "../../../policies/rules/workload-has-app-and-version-labels";
import { judge, unknown, type Manifest } from "../judge";

const workload = (metadata: unknown, kind = "Deployment"): Manifest => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "reviews-v1", labels: { app: "reviews", version: "v1" } },
  spec: { template: { metadata, spec: { containers: [] } } },
});
const labels = "spec.template.metadata.labels";

describe("workload-has-app-and-version-labels", () => {
  it.each([
    ["app and version", { labels: { app: "reviews", version: "v1" } }],
    [
      "Kubernetes' recommended names",
      { labels: { "app.kubernetes.io/name": "reviews", "app.kubernetes.io/version": "v1" } },
    ],
    [
      "Istio's own names",
      { labels: { "service.istio.io/canonical-name": "reviews", "service.istio.io/canonical-revision": "v1" } },
    ],
    ["pods that stay out of the mesh", { labels: { "sidecar.istio.io/inject": "false" } }],
    ["pods that stay out by annotation", { annotations: { "sidecar.istio.io/inject": "false" } }],
  ])("accepts %s", (_what, metadata) => {
    expect(judge(workloadHasAppAndVersionLabels, workload(metadata))).toEqual({ found: [], undecided: [] });
  });

  it.each([
    ["no version", workload({ labels: { app: "reviews" } }), [labels]],
    ["no app", workload({ labels: { version: "v1" } }), [labels]],
    ["no labels on the pods, whatever the workload has", workload(undefined), [labels, labels]],
    ["a StatefulSet without", workload({ labels: {} }, "StatefulSet"), [labels, labels]],
    ["a DaemonSet without", workload({ labels: {} }, "DaemonSet"), [labels, labels]],
    ["pods that say they join", workload({ labels: { app: "reviews", "sidecar.istio.io/inject": "true" } }), [labels]],
  ])("refuses %s", (_what, object, found) => {
    expect(judge(workloadHasAppAndVersionLabels, object)).toEqual({ found, undecided: [] });
  });

  it.each([
    ["the labels", workload({ labels: unknown.object }), labels],
    ["the template", { ...workload({}), spec: { template: unknown.object } }, "spec.template"],
  ])("does not decide while %s are unknown", (_what, object, path) => {
    expect(judge(workloadHasAppAndVersionLabels, object)).toEqual({ found: [], undecided: [path] });
  });

  it("is content with a label whose value is not known yet", () => {
    const object = workload({ labels: { app: "reviews", version: unknown.text } });
    expect(judge(workloadHasAppAndVersionLabels, object).found).toEqual([]);
  });
});
