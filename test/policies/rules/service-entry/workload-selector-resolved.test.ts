import { workloadSelectorResolved } from "../../../../policies/rules/service-entry/workload-selector-resolved";
import { testRule } from "../../testRule";
import { serviceEntry } from "../../valid";

testRule(workloadSelectorResolved, [
  serviceEntry,
  [
    [
      "nothing resolved",
      { "spec.resolution": "NONE", "spec.workloadSelector": { labels: { a: "b" } } },
      ["spec.resolution"],
    ],
  ],
]);
