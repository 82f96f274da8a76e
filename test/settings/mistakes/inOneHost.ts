import { answers } from "./inOneHost/answers";
import { browsers } from "./inOneHost/browsers";
import { contradictions } from "./inOneHost/contradictions";
import { hints } from "./inOneHost/hints";
import { matches } from "./inOneHost/matches";
import { order } from "./inOneHost/order";
import { outside } from "./inOneHost/outside";
import { policies } from "./inOneHost/policies";
import type { Mistake } from "./mistake";

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
