import { workloadSelectorsWithLabels } from "../../../../policies/rules/validation/workload-selectors-with-labels";
import { testRule } from "./lib/testRule";
import { envoyFilter, telemetry } from "./lib/valid";

testRule(
  workloadSelectorsWithLabels,
  [telemetry, [["no labels", { "spec.selector": {} }]]],
  [envoyFilter, [["an empty map", { "spec.workloadSelector.labels": {} }, ["spec.workloadSelector"]]]],
);
