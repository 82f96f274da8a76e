import { workloadSelectorResolved } from "../../../../policies/rules/service-entry/workload-selector-resolved.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry } from "../../valid.ts";

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
