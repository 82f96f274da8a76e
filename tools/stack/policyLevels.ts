// The levels that the policy pack has for a stack.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Levels } from "../../policies/engine/judge.ts";
import { checkout } from "./checkout.ts";

/** Where they are written; nothing for a stack that has none of its own. */
export function levelsFile(name: string): string | undefined {
  const file = join(checkout, "policies/config", `${name}.json`);
  return existsSync(file) ? file : undefined;
}

/** Those that the rules bring along hold where the stack has none. */
export function policyLevels(name: string): Levels {
  const file = levelsFile(name);
  return file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as Levels);
}
