import { warmUps } from "../../../../policies/rules/destination-rule/warm-ups.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";

testRule(warmUps, [destinationRule, [["no aggression", { [`${policy}.loadBalancer.warmup.aggression`]: 0 }]]]);
