import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./engine/pack";
import { readOnce } from "./engine/readOnce";
import { rules } from "./rules";

readOnce();

// Constructing a pack starts its server: here and nowhere else.
new PolicyPack("mesh", {
  // Whoever forgets the levels of an environment (config/<stack>.json) gets the strict ones that the rules bring along.
  enforcementLevel: "mandatory",
  policies: policiesOf(rules),
});
