import { regexProblem } from "../../../istio/regularExpressions.ts";
import { haveTextInCommon, literally, matchesWhole } from "../../../lib/re2Language.ts";
import type { FieldMatch } from "./comparisons.ts";

/** A comparison that may be wrong by itself; nothing if it is. */
export function readComparison(value: unknown): FieldMatch | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const [[way, text] = [], second] = Object.entries(value) as [string, unknown][];
  if (second !== undefined) return undefined;
  if (way === "present" && text === true) return { present: true };
  if (typeof text !== "string") return undefined;
  if (way === "exact") return { exact: text };
  if (way === "prefix") return { prefix: text };
  return way === "regex" && regexProblem(text) === undefined ? { regex: text } : undefined;
}

/** Comparisons by name, those that can be read. */
export function readComparisons(value: unknown): Readonly<Record<string, FieldMatch>> {
  const read = Object.entries(Object(value) as object).map(([name, each]) => [name, readComparison(each)] as const);
  return Object.fromEntries(read.filter((entry): entry is [string, FieldMatch] => entry[1] !== undefined));
}

/** Whether some value stands a comparison and has a form of RE2's. */
export function canHave(match: FieldMatch, form: string): boolean {
  const expression = expressionOf(match);
  const key = JSON.stringify([expression, form]);
  const known = decided.get(key);
  if (known !== undefined) return known;
  const can = haveTextInCommon(expression, form);
  decided.set(key, can);
  return can;
}

/** Many routes have the same comparisons. */
const decided = new Map<string, boolean>();

/** Whether some value stands both comparisons. */
export function canBothHold(one: FieldMatch, other: FieldMatch): boolean {
  if ("exact" in one) return takes(other, one.exact);
  if ("exact" in other) return takes(one, other.exact);
  return canHave(one, expressionOf(other));
}

/** Whether a comparison surely holds for all values for which a narrower one holds. It may say no too often. */
export function isWithin(narrow: FieldMatch, wide: FieldMatch): boolean {
  if ("present" in wide) return true;
  if ("present" in narrow) return false;
  const [inner, outer] = [simplified(narrow), simplified(wide)];
  if ("exact" in inner) return takes(outer, inner.exact);
  if ("prefix" in inner) return "prefix" in outer && inner.prefix.startsWith(outer.prefix);
  if ("prefix" in outer) return outer.prefix === "";
  return "regex" in outer && outer.regex === inner.regex;
}

/** Whether a value stands a comparison. */
function takes(match: FieldMatch, value: string): boolean {
  if ("exact" in match) return match.exact === value;
  if ("prefix" in match) return value.startsWith(match.prefix);
  return "present" in match || matchesWhole(match.regex, value);
}

/** The same comparison without a regular expression, where it can do without. */
export function simplified(match: Exclude<FieldMatch, { present: true }>): typeof match {
  if (!("regex" in match)) return match;
  const [, escaped, open] = /^((?:[^\\^$.*+?()[\]{}|]|\\[^\w])*)(\.\*)?$/s.exec(match.regex) ?? [];
  if (escaped === undefined) return match;
  const text = escaped.replace(/\\(.)/gs, "$1");
  return open === undefined ? { exact: text } : { prefix: text };
}

function expressionOf(match: FieldMatch): string {
  if ("exact" in match) return literally(match.exact);
  if ("prefix" in match) return `${literally(match.prefix)}${ANYTHING}`;
  return "regex" in match ? match.regex : ANYTHING;
}

const ANYTHING = "(?s:.*)";
