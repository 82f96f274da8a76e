import { failoverDetectsOutliers } from "../../../../policies/rules/destination-rule/failover-detects-outliers.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";
const ofPort = `${policy}.portLevelSettings[0]`;
const locality = `${policy}.loadBalancer.localityLbSetting`;

testRule(failoverDetectsOutliers, [
  destinationRule,
  [
    ["no detection", { [`${ofPort}.outlierDetection`]: undefined }],
    [
      "no detection for localities",
      { [locality]: { failoverPriority: ["a"] }, [`${policy}.outlierDetection`]: undefined },
      [`${policy}.outlierDetection`],
    ],
  ],
]);
