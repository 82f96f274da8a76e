// What no text and no name in the settings may be, whatever it is for; what it has to be is for its own field to say.
import type { Finding, Path } from "../lib/schema/problems.ts";
import { isWithin, type Pattern } from "./patterns.ts";
import { secretSettings } from "./secrets.ts";

/** Longer than any text that is meant, shorter than what slows down whoever reads it. */
const LONGEST = 8192;
const LONGEST_LINES = 100 * 1024;
/** No setting is in so many maps and lists. */
export const MOST_LEVELS = 100;

const VERSION: Pattern = ["applications", "*", "services", "*", "versions", "*"];

/** For programs that take any text: environment variables, command lines, passwords, charts. */
const ANYTHING: readonly Pattern[] = [
  ...["env", "secretEnv", "command", "args"].map((key) => [...VERSION, key]),
  ["istio", "values"],
  ["cluster", "eks", "addons", "*", "configuration"],
  ...["nodeConfig", "settings"].map((key) => ["cluster", "eks", "nodes", "*", key]),
  ["observability", "*", "values"],
  ...secretSettings,
];

/** Of several lines, if somebody likes. */
const LINES: readonly Pattern[] = [
  [...VERSION, "podAnnotations"],
  ["istio", "ingressGateway", "annotations"],
  ...["certificate", "chain", "root"].map((key) => ["istio", "ca", "secret", key]),
  ["traffic", "*", "ingress", "annotations"],
  ["traffic", "*", "routes", "*", "directResponse", "body"],
  ["telemetry", "mesh", "accessLog", "filter"],
  ["telemetry", "namespaces", "*", "accessLog", "filter"],
];

/** Names of settings that are a URL, or a part of one. */
const URLS = new Set(["issuer", "jwksUri", "uri", "paths", "allowOrigins", "dashboards", "url"]);

/** Everything that is wrong with texts and names, by their paths. */
export function* textProblems(value: unknown, path: Path = []): Iterable<Finding> {
  if (typeof value === "string") {
    const reason = matches(path, ANYTHING) ? undefined : wrong(value, path);
    if (reason !== undefined) yield { path, reason };
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (path.length > MOST_LEVELS) {
    yield { path: path.slice(0, 3), reason: `is nested more than ${MOST_LEVELS} levels deep` };
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textProblems(item, [...path, index]);
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    const here = [...path, name];
    // JavaScript keeps something of its own under this name, so that a library here and there passes over it.
    if (name === "__proto__") yield { path: here, reason: "has a name that cannot be used: choose another" };
    else if (name.length > LONGEST) yield { path, reason: `has a name of more than ${LONGEST} characters` };
    else yield* textProblems(item, here);
  }
}

function wrong(text: string, path: Path): string | undefined {
  const inLines = matches(path, LINES);
  const longest = inLines ? LONGEST_LINES : LONGEST;
  if (text.length > longest) return `must be at most ${longest} characters long`;
  const [invisible] = (inLines ? CONTROLS : INVISIBLE).exec(text) ?? [];
  if (invisible !== undefined) return `has an invisible character in it, ${codeOf(invisible)}: leave it out`;
  if (!inLines && /^\s|\s$/.test(text)) return "has a blank at its beginning or its end: leave it out";
  const [foreign] = path.slice(-3).some((key) => URLS.has(String(key))) ? (/[^\0-\x7f]/u.exec(text) ?? []) : [];
  if (foreign !== undefined) return `has a letter that URLs do not have, ${codeOf(foreign)}: percent-encode it`;
  return undefined;
}

/** Controls, such as a line break; characters that only direct how others are shown; blanks that are no space. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|(?! )\p{Zs}/u;

/** Of those, what no text has for a reason. Joiners and the like have their place in many languages. */
const CONTROLS = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Whether the path leads to one of the places, or into it. */
const matches = (path: Path, patterns: readonly Pattern[]) => patterns.some((pattern) => isWithin(path, pattern));
