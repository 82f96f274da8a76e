import { boolYaml11Tag, constructFromEvents, CORE_SCHEMA, EVENT_ID, mergeTag, YAMLException } from "js-yaml";
import type { Event } from "js-yaml";
import { countLines, parseLeniently } from "../../lib/yaml/lenient";

/** One document of a YAML file, or of a JSON file. */
export interface YamlDocument {
  readonly file: string;
  /** The line of the file on which the text begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** Where everything stands in the text. */
  readonly events: readonly Event[];
  readonly value: unknown;
}

/** A document that can not be read. */
export interface BrokenDocument {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** What Kubernetes reads: YAML 1.2, but `yes` and `on` are booleans, and `<<` merges. */
const SCHEMA = CORE_SCHEMA.withTags(boolYaml11Tag, mergeTag);

/** More than any honest manifest has: aliases of aliases can make a few lines as large as they like. */
const MOST_ALIASES = 1000;
const MOST_VALUES = 1_000_000;

/** Reads every document of a text; a broken one does not keep the others from being read. */
export function readDocuments(file: string, content: string): (YamlDocument | BrokenDocument)[] {
  const documents: (YamlDocument | BrokenDocument)[] = [];
  let line = 1;
  // Three dashes at the beginning of a line are a boundary wherever they stand.
  for (const text of content.replace(/^\uFEFF/, "").split(/^---(?=\s|$)/m)) {
    documents.push(...readDocument(file, line, text));
    line += countLines(text, text.length);
  }
  return documents;
}

function readDocument(file: string, line: number, text: string): (YamlDocument | BrokenDocument)[] {
  // What stands before the first boundary may be nothing but directives.
  if (/^(?:\s*(?:[#%].*)?(?:\r?\n|$))*$/.test(text)) return [];
  try {
    const { text: source, events } = parseLeniently(text);
    return splitEvents(events).map((events) => {
      const [value] = constructFromEvents(events, { source, schema: SCHEMA, maxAliases: MOST_ALIASES });
      if (events.some(({ type }) => type === EVENT_ID.ALIAS)) refuseEndless(value);
      return { file, line, text: source, events, value };
    });
  } catch (error) {
    if (error instanceof YAMLException) return [{ file, line: line + (error.mark?.line ?? 0), reason: error.reason }];
    if (error instanceof RangeError) return [{ file, line, reason: error.message }];
    throw error;
  }
}

/** One text can hold several documents that end in `...`. */
function splitEvents(events: Event[]): Event[][] {
  const starts = events.flatMap(({ type }, index) => (type === EVENT_ID.DOCUMENT ? [index] : []));
  return starts.map((start, index) => events.slice(start, starts[index + 1]));
}

function refuseEndless(value: unknown): void {
  let left = MOST_VALUES;
  const count = (value: unknown): void => {
    if (--left < 0) throw new RangeError("the aliases in it repeat each other without end");
    if (typeof value === "object" && value !== null) for (const below of Object.values(value)) count(below);
  };
  count(value);
}
