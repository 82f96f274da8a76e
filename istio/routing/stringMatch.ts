// How routes compare texts, as Envoy does what Istio makes of them.
import { RE2JS } from "re2js";
import type { StringMatch } from "../generated/specs.ts";

/** Whether it asks for no text at all. */
export const isAnything = ({ exact, prefix, regex }: StringMatch): boolean =>
  exact === undefined && prefix === undefined && regex === undefined;

/** Whether it asks only that something is there: Istio takes an empty match, and the expression `*`, to mean that. */
export const isPresence = (match: StringMatch): boolean => isAnything(match) || match.regex === "*";

/** Whether a text is what a match asks for. An expression has to fit the whole of it. */
export function fits({ exact, prefix, regex }: StringMatch, text: string, ignoreCase = false): boolean {
  const folded = (value: string) => (ignoreCase ? value.toLowerCase() : value);
  if (exact !== undefined) return folded(text) === folded(exact);
  if (prefix !== undefined) return folded(text).startsWith(folded(prefix));
  return regex === undefined || compiled(regex).matches(text);
}

/** An expression of RE2. */
export function compiled(expression: string): RE2JS {
  const known = expressions.get(expression) ?? RE2JS.compile(expression);
  expressions.set(expression, known);
  return known;
}

/** A host with many routes asks the same of every request. */
const expressions = new Map<string, RE2JS>();
