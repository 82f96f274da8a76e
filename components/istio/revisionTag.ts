import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { owned } from "../ownership.ts";
import { suffixOf } from "./revisions.ts";

type Expression = readonly [key: string, operator: "In" | "NotIn" | "Exists" | "DoesNotExist", ...values: string[]];

/**
 * A tag: a stable name for a revision. It is an object of its own, not of a control plane's chart, so that it moves from
 * one revision to the next in one change, with no moment in which nobody injects.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/#stable-revision-labels
 */
export function revisionTag(
  name: string,
  { tag, revision, namespace }: { readonly tag: string; readonly revision: string; readonly namespace: string },
  options: pulumi.CustomResourceOptions,
): k8s.admissionregistration.v1.MutatingWebhookConfiguration {
  return new k8s.admissionregistration.v1.MutatingWebhookConfiguration(
    name,
    {
      metadata: {
        name: `istio-revision-tag-${tag}`,
        // Istiod looks for those of its revision, and puts its certificate in.
        labels: { app: "sidecar-injector", "istio.io/tag": tag, "istio.io/rev": revision },
        annotations: owned,
      },
      webhooks: tagWebhooks(tag, revision, namespace),
    },
    options,
  );
}

/** The webhooks of a tag, the same as those of the chart `istiod`. */
export function tagWebhooks(tag: string, revision: string, namespace: string) {
  const notRefused: Expression = ["sidecar.istio.io/inject", "NotIn", "false"];
  const byTag: Expression = ["istio.io/rev", "In", tag];
  const noRevision: Expression = ["istio.io/rev", "DoesNotExist"];
  const noInjection: Expression = ["istio-injection", "DoesNotExist"];

  const webhook = (prefix: string, ofNamespace: readonly Expression[], ofPod: readonly Expression[]) => ({
    name: `${prefix}.sidecar-injector.istio.io`,
    clientConfig: { service: { name: `istiod${suffixOf(revision)}`, namespace, path: "/inject", port: 443 } },
    sideEffects: "None",
    rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
    failurePolicy: "Fail",
    reinvocationPolicy: "Never",
    admissionReviewVersions: ["v1"],
    namespaceSelector: { matchExpressions: ofNamespace.map(selector) },
    objectSelector: { matchExpressions: ofPod.map(selector) },
  });
  return [
    webhook("rev.namespace", [byTag, noInjection], [notRefused]),
    webhook("rev.object", [noRevision, noInjection], [notRefused, byTag]),
    ...(tag === "default"
      ? [
          webhook("namespace", [["istio-injection", "In", "enabled"]], [notRefused]),
          webhook("object", [noInjection, noRevision], [["sidecar.istio.io/inject", "In", "true"], noRevision]),
        ]
      : []),
  ];
}

function selector([key, operator, ...values]: Expression) {
  return { key, operator, ...(values.length > 0 && { values }) };
}
