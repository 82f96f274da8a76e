import { sidecarSelectorSelectsPods } from "../../../../policies/rules/sidecar/sidecar-selector-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, sidecar } from "../../kialiObjects.ts";

describeRule(sidecarSelectorSelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [
      sidecar({ workloadSelector: { labels: { app: "reviews" } } }),
      deployment({ app: "reviews", version: "v1" }),
    ],
    "no selector": [sidecar(), deployment({ app: "reviews" })],
    "no workload at all": [sidecar({ workloadSelector: { labels: { app: "reviews" } } })],
  },
  refuses: {
    "labels of no pods": [
      [sidecar({ workloadSelector: { labels: { app: "ratings" } } }), deployment({ app: "reviews" })],
      "0 spec.workloadSelector.labels",
    ],
    "labels of pods elsewhere": [
      [
        sidecar({ workloadSelector: { labels: { app: "reviews" } } }),
        deployment({ app: "reviews" }, { namespace: "other" }),
      ],
      "0 spec.workloadSelector.labels",
    ],
  },
});
