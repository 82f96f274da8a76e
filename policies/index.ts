import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./engine/pack.ts";
import { PACK } from "./engine/reported.ts";
import { readOnce } from "./engine/readOnce.ts";
import { rules } from "./rules/index.ts";

readOnce();

// Constructing a pack starts its server: here and nowhere else.
new PolicyPack(PACK, {
  // Whoever forgets the levels of an environment (config/<stack>.json) gets the strict ones that the rules bring along.
  enforcementLevel: "mandatory",
  policies: policiesOf(rules),
});
