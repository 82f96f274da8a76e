import { describe, expect, it } from "vitest";
import { workloadHasAppAndVersionLabels } from "../../../../policies/rules/workload/workload-has-app-and-version-labels.ts";
import { describeRule } from "../../describeRule.ts";
import { meshObject, unknown, type Manifest } from "../../judge.ts";

const workload = (metadata: unknown, kind = "Deployment"): Manifest => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "reviews-v1", labels: { app: "reviews", version: "v1" } },
  spec: { template: { metadata, spec: { containers: [] } } },
});
const labels = "spec.template.metadata.labels";

describeRule(workloadHasAppAndVersionLabels, {
  accepts: {
    "app and version": [workload({ labels: { app: "reviews", version: "v1" } })],
    "Kubernetes' recommended names": [
      workload({ labels: { "app.kubernetes.io/name": "reviews", "app.kubernetes.io/version": "v1" } }),
    ],
    "Istio's own names": [
      workload({
        labels: { "service.istio.io/canonical-name": "reviews", "service.istio.io/canonical-revision": "v1" },
      }),
    ],
    "pods that stay out of the mesh": [workload({ labels: { "sidecar.istio.io/inject": "false" } })],
    "pods that stay out by annotation": [workload({ annotations: { "sidecar.istio.io/inject": "false" } })],
  },
  refuses: {
    "no version": [[workload({ labels: { app: "reviews" } })], labels],
    "no app": [[workload({ labels: { version: "v1" } })], labels],
    "no labels on the pods, whatever the workload has": [[workload(undefined)], labels, labels],
    "a StatefulSet without": [[workload({ labels: {} }, "StatefulSet")], labels, labels],
    "a DaemonSet without": [[workload({ labels: {} }, "DaemonSet")], labels, labels],
    "pods that say they join": [[workload({ labels: { app: "reviews", "sidecar.istio.io/inject": "true" } })], labels],
  },
  waits: {
    "a label's value": [[workload({ labels: { app: "reviews", version: unknown.text } })], `${labels}.version`],
    "the labels": [[workload({ labels: unknown.object })], labels],
    "the template": [[{ ...workload({}), spec: { template: unknown.object } }], "spec.template"],
  },
});

describe("the remedy of workload-has-app-and-version-labels", () => {
  const remedies = (name: unknown, labels: object | string, image: unknown = "registry.example:5000/cart:1.4.0") => {
    const template = { metadata: { labels }, spec: { containers: [{ name: "cart", image }] } };
    const props = { metadata: { name }, spec: { template } };
    const object = meshObject("kubernetes:apps/v1:Deployment", "cart", props);
    return [...(workloadHasAppAndVersionLabels.remedy?.(object) ?? [])].map(({ path, value }) => [
      path.join("."),
      value,
    ]);
  };
  const label = (name: string, value: string) => [`spec.template.metadata.labels.${name}`, value];

  it.each([
    ["the name", remedies("reviews-v2", {}), [label("app", "reviews"), label("version", "v2")]],
    ["the name and the image", remedies("cart", {}), [label("app", "cart"), label("version", "1.4.0")]],
    ["the name alone", remedies("cart", {}, "cart:latest"), [label("app", "cart")]],
    ["the image by its digest too", remedies("cart", { app: "cart" }, "cart:1.4@sha256:0"), [label("version", "1.4")]],
    ["nothing where both labels are there", remedies("cart-v1", { app: "cart", version: "v1" }), []],
    ["nothing where no name is", remedies(undefined, {}), []],
    ["nothing where the name is not known yet", remedies(unknown.text, {}), []],
    ["nothing where the labels are not", remedies("cart-v1", unknown.object), []],
    ["nothing outside of the mesh", remedies("cart-v1", { "sidecar.istio.io/inject": "false" }), []],
  ])("takes them from %s", (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});
