// A comment of a code host has a limit. What does not fit is said shorter, the least important first.

/** A part of a text, in versions from the whole to the shortest. */
export interface Part {
  readonly versions: readonly string[];
}

/** What GitHub takes in a comment. */
export const COMMENT = 65_536;

const CUT = "\n\n… cut: the whole report is in the artifacts of the run.\n";

/** The parts one after the other, each as long as the limit allows; the last gives way first. */
export function fitted(parts: readonly Part[], limit = COMMENT): string {
  const chosen = parts.map(() => 0);
  const text = () =>
    parts
      .map(({ versions }, index) => versions[chosen[index] ?? 0] ?? "")
      .filter((part) => part !== "")
      .join("\n\n");
  const deepest = Math.max(0, ...parts.map(({ versions }) => versions.length - 1));
  for (let depth = 1; text().length > limit && depth <= deepest; depth += 1) {
    for (let index = parts.length - 1; index >= 0 && text().length > limit; index -= 1) {
      chosen[index] = Math.min(depth, (parts[index]?.versions.length ?? 1) - 1);
    }
  }
  const whole = text();
  if (whole.length <= limit) return whole;
  // A pair of surrogates is one letter.
  return `${whole.slice(0, limit - CUT.length).replace(/[\uD800-\uDBFF]$/, "")}${CUT}`;
}
