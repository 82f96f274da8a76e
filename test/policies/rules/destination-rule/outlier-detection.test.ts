import { outlierDetection } from "../../../../policies/rules/destination-rule/outlier-detection.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";

testRule(outlierDetection, [
  destinationRule,
  [
    [
      "failures that are not split off",
      { [`${policy}.outlierDetection.splitExternalLocalOriginErrors`]: false },
      [`${policy}.outlierDetection.consecutiveLocalOriginFailures`],
    ],
    ["more than all", { [`${policy}.outlierDetection.maxEjectionPercent`]: 101 }],
    ["fewer than none", { [`${policy}.outlierDetection.minHealthPercent`]: -1 }],
  ],
]);
