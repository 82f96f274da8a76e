import { workloadSelectorResolved } from "../../../../policies/rules/validation/workload-selector-resolved";
import { testRule } from "./lib/testRule";
import { serviceEntry } from "./lib/valid";

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
