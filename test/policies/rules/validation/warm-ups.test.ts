import { warmUps } from "../../../../policies/rules/validation/warm-ups";
import { testRule } from "./lib/testRule";
import { destinationRule } from "./lib/valid";

const policy = "spec.trafficPolicy";

testRule(warmUps, [destinationRule, [["no aggression", { [`${policy}.loadBalancer.warmup.aggression`]: 0 }]]]);
