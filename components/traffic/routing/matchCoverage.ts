import { isDeepStrictEqual } from "node:util";
import { canBothHold, isWithin, readComparison, simplified } from "./comparing.ts";
import type { FieldMatch } from "./comparisons.ts";
import { listOf, mapOf, type Untrusted } from "../../../lib/untrusted.ts";

/**
 * Whether an earlier match surely takes every request or connection that a later one does. Each may be wrong by itself;
 * what cannot be read covers only what is the same.
 */
export function covers(earlier: Untrusted, later: Untrusted): boolean {
  return Object.entries(earlier).every(([name, condition]) => {
    if (name === "uri") return uriCovers(earlier, later);
    return condition === undefined || name === "ignoreUriCase" || covered(name, condition, later[name]);
  });
}

/** Texts that requests must have exactly, each with its place: a match covers only those that ask for the same. */
export function exactTexts({ uri, ignoreUriCase, headers }: Untrusted): string[] {
  const places = [
    ...(ignoreUriCase === true ? [] : [["uri", uri] as const]),
    ...Object.entries(mapOf(headers)).map(([name, each]) => [`headers ${name}`, each] as const),
  ];
  return places.flatMap(([place, value]) => {
    const read = readComparison(value);
    const match = read && !("present" in read) ? simplified(read) : undefined;
    return match && "exact" in match ? [`${place} ${match.exact}`] : [];
  });
}

/** Whether a condition holds wherever another one of the same name does. */
function covered(name: string, wide: unknown, narrow: unknown): boolean {
  if (isDeepStrictEqual(wide, narrow)) return true;
  switch (name) {
    case "method":
    case "scheme":
    case "authority":
      return isReadWithin(narrow, wide);
    case "headers":
    case "queryParams":
      return Object.entries(mapOf(wide)).every(([key, each]) => isReadWithin(mapOf(narrow)[key], each));
    case "withoutHeaders":
      return Object.entries(mapOf(wide)).every(([key, each]) => isRefusedToo(each, mapOf(narrow)[key]));
    case "sourceLabels":
      return Object.entries(mapOf(wide)).every(([key, each]) => mapOf(narrow)[key] === each);
    case "gateways":
    case "destinationSubnets":
    case "sniHosts":
      return Array.isArray(narrow) && narrow.every((each) => listOf(wide).includes(each));
    default:
      return false;
  }
}

function isReadWithin(narrow: unknown, wide: unknown): boolean {
  const [inner, outer] = [readComparison(narrow), readComparison(wide)];
  return inner !== undefined && outer !== undefined && isWithin(inner, outer);
}

/** Whether all that one comparison refuses is refused by another. A header that is not there counts as empty. */
function isRefusedToo(value: unknown, other: unknown): boolean {
  const refused = readComparison(value);
  const wide = readComparison(other);
  if (refused === undefined || wide === undefined || !isWithin(refused, wide)) return false;
  return !("present" in wide) || "present" in refused || !canBothHold(refused, { exact: "" });
}

function uriCovers(earlier: Untrusted, later: Untrusted): boolean {
  const wide = readComparison(earlier.uri);
  if (wide === undefined || "present" in wide) return false;
  const outer = simplified(wide);
  // Every path begins with a slash.
  if ("prefix" in outer && (outer.prefix === "/" || outer.prefix === "")) return true;
  const narrow = readComparison(later.uri);
  if (narrow === undefined) return false;
  const [wideInAnyCase, narrowInAnyCase] = [earlier.ignoreUriCase === true, later.ignoreUriCase === true];
  if (!wideInAnyCase) return !narrowInAnyCase && isWithin(narrow, wide);
  return isWithin(inSmallLetters(narrow), inSmallLetters(wide));
}

const inSmallLetters = (match: FieldMatch): FieldMatch => {
  if ("exact" in match) return { exact: match.exact.toLowerCase() };
  return "prefix" in match ? { prefix: match.prefix.toLowerCase() } : match;
};
