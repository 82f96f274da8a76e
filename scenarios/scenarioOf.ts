import { scenarios } from "./index.ts";
import type { Scenario } from "./scenario.ts";

/** The scenario of that id. */
export function scenarioOf(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}
