import { workloadSelectorsWithLabels } from "../../../../policies/rules/several-kinds/workload-selectors-with-labels";
import { testRule } from "../../testRule";
import { envoyFilter, telemetry } from "../../valid";

testRule(
  workloadSelectorsWithLabels,
  [telemetry, [["no labels", { "spec.selector": {} }]]],
  [envoyFilter, [["an empty map", { "spec.workloadSelector.labels": {} }, ["spec.workloadSelector"]]]],
);
