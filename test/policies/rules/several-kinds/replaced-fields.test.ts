import { replacedFields } from "../../../../policies/rules/several-kinds/replaced-fields.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule, virtualService } from "../../valid.ts";

const policy = "spec.trafficPolicy";
const ofPort = `${policy}.portLevelSettings[0]`;

testRule(
  replacedFields,
  [
    destinationRule,
    [
      ["errors of any kind", { [`${policy}.outlierDetection.consecutiveErrors`]: 5 }],
      ["errors of any kind for a port", { [`${ofPort}.outlierDetection.consecutiveErrors`]: 5 }],
      ["a ring without ringHash", { [`${policy}.loadBalancer.consistentHash.minimumRingSize`]: 1024 }],
    ],
  ],
  [virtualService, [["mirrorPercent", { "spec.http[2].mirrorPercent": 5 }]]],
);
