import { mapOf } from "../lib/untrusted.ts";
import type { Path } from "../lib/schema/problems.ts";

/** Keys that lead to settings; `*` stands for any. */
export type Pattern = readonly string[];

/** Whether the path leads to a place of the pattern, or into it. */
export function isWithin(path: Path, pattern: Pattern): boolean {
  return pattern.length <= path.length && pattern.every((name, index) => name === "*" || name === String(path[index]));
}

/** Every value at a place of the pattern, with its path. */
export function* valuesAt(
  value: unknown,
  [name, ...rest]: Pattern,
  path: Path = [],
): Iterable<{ readonly path: Path; readonly value: unknown }> {
  if (name === undefined) {
    yield { path, value };
    return;
  }
  const map = mapOf(value);
  for (const key of name === "*" ? Object.keys(map) : [name]) yield* valuesAt(map[key], rest, [...path, key]);
}
