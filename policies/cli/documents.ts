import {
  boolYaml11Tag,
  constructFromEvents,
  CORE_SCHEMA,
  EVENT_ID,
  mergeTag,
  parseEvents,
  YAMLException,
} from "js-yaml";
import type { Event } from "js-yaml";
import { parseAsKubernetes } from "../../lib/yaml/colons.ts";
import { countLines } from "../../lib/yaml/lenient.ts";
import { aliasProblem } from "./aliases.ts";
import { faultIn } from "./faults.ts";
import { placeAt, type Passage, type Place } from "./offsets.ts";
import { jsonObjects } from "./jsonStream.ts";
import { hasTabLine, tabFault } from "./tabs.ts";
import { isTemplate, templateFault } from "./templates.ts";

/** One document of a YAML file, or of a JSON file. */
export interface YamlDocument extends Passage {
  readonly file: string;
  /** One text can hold several documents that end in `...`: which one it is, from 0. */
  readonly index: number;
  readonly value: unknown;
}

/** A document, or a whole file, that can not be read. */
export interface BrokenDocument extends Place {
  readonly file: string;
  /** Quotes nothing of the file, which may hold secrets. */
  readonly reason: string;
  /** Whether it becomes YAML when somebody renders it. */
  readonly isTemplate?: boolean;
}

/** What Kubernetes reads: YAML 1.2, but `yes` and `on` are booleans, and `<<` merges. */
const SCHEMA = CORE_SCHEMA.withTags(boolYaml11Tag, mergeTag);

/** A line with more than blanks, a comment or a directive. Read once from each begin of a line, so that many lines take no longer. */
const CONTENT = /^[ \t]*[^ \t\r\n#%]/m;

/** Reads every document of a text; a broken one does not keep the others from being read. */
export function readDocuments(file: string, content: string): (YamlDocument | BrokenDocument)[] {
  const values = jsonObjects(content);
  if (values !== undefined) {
    return values.flatMap(({ text, offset }) => readDocument(file, { line: 1 + countLines(content, offset), text }));
  }
  const documents: (YamlDocument | BrokenDocument)[] = [];
  let line = 1;
  for (const text of passagesOf(content.replace(/^\uFEFF/, ""))) {
    // What stands before the first boundary may be nothing but directives.
    if (CONTENT.test(text) || hasTabLine(text)) documents.push(...readDocument(file, { line, text }));
    line += countLines(text);
  }
  return documents;
}

/** The parts of a text of YAML between lines of three dashes, which are a boundary wherever they stand. */
export function passagesOf(content: string): string[] {
  return content.split(/^---(?=\s|$)/m);
}

function readDocument(file: string, passage: Passage): (YamlDocument | BrokenDocument)[] {
  try {
    const { text, events } = parseAsKubernetes(passage.text);
    const fault = tabFault(text, events);
    if (fault !== undefined) {
      return [{ file, ...placeAt({ line: passage.line, text }, fault.offset), reason: fault.reason }];
    }
    return splitEvents(events).map((events, index) => construct({ file, line: passage.line, text, index }, events));
  } catch (error) {
    return [{ file, ...brokenAt(passage, error) }];
  }
}

function construct(document: Omit<YamlDocument, "value">, events: Event[]): YamlDocument | BrokenDocument {
  const { file, text } = document;
  const problem = events.some(({ type }) => type === EVENT_ID.ALIAS) ? aliasProblem(text, events) : undefined;
  if (problem !== undefined) return { file, ...placeAt(document, problem.offset), reason: problem.reason };
  try {
    // What aliases and merges bring is counted already.
    const options = { source: text, schema: SCHEMA, maxAliases: -1, maxTotalMergeKeys: -1 };
    return { ...document, value: constructFromEvents(events, options)[0] };
  } catch (error) {
    return { file, ...brokenAt(document, error) };
  }
}

function brokenAt(passage: Passage, error: unknown): Omit<BrokenDocument, "file"> {
  // Whatever a text does to the parser, the other documents are read.
  const { reason, mark } = error instanceof YAMLException ? error : { reason: "", mark: undefined };
  const { buffer: text, position } = mark ?? { buffer: passage.text, position: 0 };
  const fault = templateFault(text, position) ?? faultIn(text, position, reason);
  return {
    ...placeAt({ line: passage.line, text }, fault.offset),
    reason: fault.reason,
    ...(isTemplate(passage.text) && { isTemplate: true }),
  };
}

function splitEvents(events: Event[]): Event[][] {
  const starts = events.flatMap(({ type }, index) => (type === EVENT_ID.DOCUMENT ? [index] : []));
  return starts.map((start, index) => events.slice(start, starts[index + 1]));
}

/** Where everything stands in a document. It takes more room than the document, so it is read again for those that need it. */
export function eventsOf({ text, index }: YamlDocument): readonly Event[] {
  return splitEvents(parseEvents(text, {}))[index] ?? [];
}
