// Control planes, gateways and tags, for the tests of what names them.
import type { Resource } from "../../describeRule.ts";

export const release = (chart: string, version: unknown, values: object = {}): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: {
    name: `istio-${chart}`,
    namespace: "istio-system",
    chart,
    version,
    repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
    values,
  },
});

export const tag = (name: unknown, revision: unknown): Resource => ({
  type: "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
  props: {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "istio-revision-tag", labels: { "istio.io/tag": name, "istio.io/rev": revision } },
    webhooks: [],
  },
});

export const namespace = (labels: object): Resource => ({
  type: "kubernetes:core/v1:Namespace",
  props: { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } },
});
