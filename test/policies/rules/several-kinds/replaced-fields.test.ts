import { replacedFields } from "../../../../policies/rules/several-kinds/replaced-fields";
import { testRule } from "../../testRule";
import { destinationRule, virtualService } from "../../valid";

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
