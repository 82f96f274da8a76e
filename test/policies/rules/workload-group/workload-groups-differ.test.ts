import { workloadGroupsDiffer } from "../../../../policies/rules/workload-group/workload-groups-differ.ts";
import { describeRule } from "../../describeRule.ts";
import { workloadGroup } from "../../kialiObjects.ts";

const of = (labels: object, metadata: object = {}) => workloadGroup({ metadata: { labels } }, metadata);

describeRule(workloadGroupsDiffer, {
  accepts: {
    "two labels": [of({ app: "a" }), of({ app: "a", version: "v1" })],
    "two namespaces": [of({ app: "a" }), of({ app: "a" }, { namespace: "other" })],
    "no metadata": [workloadGroup(), workloadGroup()],
  },
  refuses: {
    "the same labels": [
      [of({ app: "a", b: "c" }), of({ b: "c", app: "a" })],
      "0 spec.metadata.labels",
      "1 spec.metadata.labels",
    ],
  },
});
