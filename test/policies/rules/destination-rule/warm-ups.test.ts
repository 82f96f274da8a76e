import { warmUps } from "../../../../policies/rules/destination-rule/warm-ups";
import { testRule } from "../../testRule";
import { destinationRule } from "../../valid";

const policy = "spec.trafficPolicy";

testRule(warmUps, [destinationRule, [["no aggression", { [`${policy}.loadBalancer.warmup.aggression`]: 0 }]]]);
