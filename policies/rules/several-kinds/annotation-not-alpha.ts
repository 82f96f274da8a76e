import type { Field } from "../../model/field.ts";
import type { Finding, ObjectRule } from "../../engine/rule.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "../../model/podTemplates.ts";
import { ANNOTATIONS } from "./lib/annotations.ts";

const WRITTEN_BY_ISTIO = new Set(["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"]);

/** What the injector writes where the CNI plugin takes the place of its init container. */
const WRITTEN_WITH_CNI = new Set([
  "sidecar.istio.io/interceptionMode",
  "traffic.sidecar.istio.io/includeInboundPorts",
  "traffic.sidecar.istio.io/excludeInboundPorts",
  "traffic.sidecar.istio.io/includeOutboundIPRanges",
]);

export const annotationNotAlpha: ObjectRule = {
  id: "annotation-not-alpha",
  title: "No object relies on an annotation that is in its alpha stage.",
  rationale: "Istio may change or drop it in any release, without a notice.",
  remediation: "Remove the annotation, or look it up in the release notes before each upgrade of Istio.",
  severity: "low",
  codes: ["IST0136"],
  sources: ["istio/pkg/config/analysis/analyzers/maturity/maturity.go"],
  // Too many are in everyday use; istioctl leaves the check out, too.
  level: "disabled",
  kinds: ["Namespace", "Service", ...WORKLOAD_KINDS],

  *check(object) {
    if (["Namespace", "Service", "Deployment"].includes(object.kind)) {
      yield* alphas(object.metadata.at("annotations"), new Set());
    }
    if (object.kind === "Namespace" || object.kind === "Service") return;
    const pods = podTemplateOf(object);
    const initialized = pods
      .at("spec", "initContainers")
      .items()
      .some((container) => container.at("name").string() === "istio-init");
    yield* alphas(pods.at("metadata", "annotations"), initialized ? new Set() : WRITTEN_WITH_CNI);
  },
};

function* alphas(annotations: Field, ignored: ReadonlySet<string>): Iterable<Finding> {
  for (const [name, { path }] of annotations.entries()) {
    if (ANNOTATIONS.get(name)?.stage !== "alpha" || WRITTEN_BY_ISTIO.has(name) || ignored.has(name)) continue;
    yield { path, message: "be ready to change it with the next upgrade, or do without it" };
  }
}
