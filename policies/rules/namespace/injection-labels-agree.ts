import type { ObjectRule } from "../../engine/rule.ts";

export const injectionLabelsAgree: ObjectRule = {
  id: "injection-labels-agree",
  title: "A namespace has only one label that adds its Pods to the mesh.",
  rationale:
    "With istio-injection=enabled Istio ignores the revision label, so an upgrade by revision skips these Pods.",
  remediation:
    "Keep one of the labels istio-injection, istio.io/rev and istio.io/dataplane-mode, and remove the others.",
  severity: "high",
  codes: ["IST0123"],
  sources: ["istio/pkg/config/analysis/analyzers/injection/injection.go"],
  kinds: ["Namespace"],

  *check({ metadata }) {
    const labels = metadata.at("labels");
    if (labels.isUnknown()) return;
    const injection = labels.at("istio-injection");
    // Any other value keeps sidecars out on purpose, whatever stands beside it.
    if (!injection.isAbsent() && injection.string() !== "enabled") return;
    const [, second] = [injection, labels.at("istio.io/rev"), labels.at("istio.io/dataplane-mode")].filter((label) =>
      label.isPresent(),
    );
    if (second !== undefined) {
      yield {
        path: second.path,
        message: "keep only one of istio-injection, istio.io/rev and istio.io/dataplane-mode",
      };
    }
  },
};
