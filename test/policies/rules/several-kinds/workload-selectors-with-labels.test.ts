import { workloadSelectorsWithLabels } from "../../../../policies/rules/several-kinds/workload-selectors-with-labels.ts";
import { testRule } from "../../testRule.ts";
import { envoyFilter, telemetry } from "../../valid.ts";

testRule(
  workloadSelectorsWithLabels,
  [telemetry, [["no labels", { "spec.selector": {} }]]],
  [envoyFilter, [["an empty map", { "spec.workloadSelector.labels": {} }, ["spec.workloadSelector"]]]],
);
