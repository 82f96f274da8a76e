import { rootSidecarWithoutSelector } from "../../../../policies/rules/sidecar/root-sidecar-without-selector.ts";
import { describeRule } from "../../describeRule.ts";
import { sidecar } from "../../kialiObjects.ts";

describeRule(rootSidecarWithoutSelector, {
  config: { rootNamespace: "mesh" },
  accepts: {
    "a default": [sidecar({ egress: [{ hosts: ["./*"] }] }, { namespace: "mesh" })],
    "a selector elsewhere": [sidecar({ workloadSelector: { labels: { app: "a" } } }, { namespace: "istio-system" })],
  },
  refuses: {
    "a selector": [
      [sidecar({ workloadSelector: { labels: { app: "a" } } }, { namespace: "mesh" })],
      "0 spec.workloadSelector",
    ],
  },
});
