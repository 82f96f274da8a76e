import type { Rule } from "./rule.ts";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** The rules without those that repeat another one. */
export function withoutDuplicates(rules: readonly Rule[]): readonly Rule[] {
  const ids = new Set(rules.map(({ id }) => id));
  return rules.filter(({ duplicateOf }) => duplicateOf === undefined || !ids.has(duplicateOf));
}

/** What a rule does where no environment says otherwise. */
export function standardLevel({ level, severity }: Rule): Level {
  return level ?? (severity === "high" || severity === "critical" ? "mandatory" : "advisory");
}
