import { EVENT_ID, YAMLException, type Event } from "js-yaml";
import { fileText } from "./yaml/fileText.ts";
import { parseLeniently } from "./yaml/lenient.ts";
import { FOREIGN_BLANK, foreignBlank } from "./yaml/plainScalars.ts";
import { ValueReader, type YamlProblem } from "./yaml/values.ts";

/** What a YAML file says, or why it says nothing, in words that quote nothing of it: it may hold secrets. */
export type YamlFile = { readonly value: unknown } | { readonly problems: readonly YamlProblem[] };

/** Characters that a file may have besides comments: more would take minutes further on. */
const LONGEST = 2 ** 20;

/**
 * Reads a file of one document as the engine reads it, or not at all.
 * @param wayOut what to do about a file that is too long
 */
export function readYaml(file: string, wayOut: string): YamlFile {
  const read = fileText(file);
  if ("problem" in read) return { problems: [read.problem] };
  const { text } = read;
  if (text.length > LONGEST && text.replace(/^[ \t]*#.*$/gm, "").trim().length > LONGEST) {
    return { problems: [{ path: [], reason: `is longer than ${LONGEST / 2 ** 10} KiB: ${wayOut}` }] };
  }
  return readText(text);
}

function readText(text: string): YamlFile {
  let parsed: ReturnType<typeof parseLeniently>;
  try {
    parsed = parseLeniently(text);
  } catch (error) {
    if (error instanceof YAMLException) return { problems: [notYaml(error, text)] };
    throw error;
  }
  const { events } = parsed;
  const reader = new ValueReader(parsed.text, events);
  const value = reader.value();
  const problems = [...documentProblems(text, events), ...reader.problems];
  return problems.length > 0 ? { problems } : { value };
}

function* documentProblems(text: string, events: readonly Event[]): Iterable<YamlProblem> {
  const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT);
  if (documents.length > 1) {
    yield {
      path: [],
      reason: "has several documents, of which Pulumi reads the first: leave the others out, and the ---",
    };
  }
  if (/^(?:[ \t]*(?:#.*)?\r?\n)*%/.test(text)) {
    yield { path: [], reason: "has lines that begin with % before its content: leave them out" };
  }
}

/** The parser's reasons may quote the file; these words of them never do. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^tab characters/, "is indented with a tab: indent with spaces"],
  [/^nesting exceeded/, "is nested more than 100 levels deep"],
  [/quoted scalar/, "begins a quoted text that does not end: close its quotes"],
  [/within a flow collection/, "begins a list or map that does not end: close its bracket"],
  [
    /escape sequence|hexadecimal/,
    "has a backslash in double quotes that means nothing: write two, or use single quotes",
  ],
  [/^missed comma/, "lacks a comma in a list or map in brackets"],
  [/tag|anchor|alias/, "has a ! , & or * that is no tag, anchor or alias: put a text that begins with one in quotes"],
];

function notYaml({ reason, mark }: YAMLException, text: string): YamlProblem {
  const line = 1 + (mark?.line ?? 0);
  if (FOREIGN_BLANK.test(text.split("\n", line).at(-1) ?? "")) {
    return { line, path: [], reason: foreignBlank };
  }
  const [, words = "is not YAML: look at its indentation, and put texts with : # @ ` or % in quotes"] =
    REASONS.find(([pattern]) => pattern.test(reason)) ?? [];
  return { line, path: [], reason: words };
}
