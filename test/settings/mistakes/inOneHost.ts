import { answers } from "./inOneHost/answers.ts";
import { browsers } from "./inOneHost/browsers.ts";
import { contradictions } from "./inOneHost/contradictions.ts";
import { hints } from "./inOneHost/hints.ts";
import { matches } from "./inOneHost/matches.ts";
import { order } from "./inOneHost/order.ts";
import { outside } from "./inOneHost/outside.ts";
import { policies } from "./inOneHost/policies.ts";
import type { Mistake } from "./mistake.ts";

/** Mistakes that the rules of one host show. */
export const inOneHost: readonly Mistake[] = [
  ...matches,
  ...contradictions,
  ...order,
  ...answers,
  ...browsers,
  ...policies,
  ...outside,
  ...hints,
];
