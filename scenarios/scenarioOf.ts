import { scenarios } from ".";
import type { Scenario } from "./scenario";

/** The scenario of that id. */
export function scenarioOf(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}
