import { failoverDetectsOutliers } from "../../../../policies/rules/validation/failover-detects-outliers";
import { testRule } from "./lib/testRule";
import { destinationRule } from "./lib/valid";

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
