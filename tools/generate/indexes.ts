import { inCheckout } from "./files.ts";
import { ruleIndex } from "./ruleIndex.ts";
import { scenarioIndex } from "./scenarioIndex.ts";

/** Lists of the files in a folder. */
export const indexes = inCheckout({
  "policies/rules/index.ts": ruleIndex,
  "scenarios/index.ts": scenarioIndex,
});
