// Templates outside of charts. Until somebody renders one it is no manifest, so that it is not YAML is no mistake.
import { constructFromEvents, CORE_SCHEMA, YAMLException } from "js-yaml";
import { parseLeniently } from "../../lib/yaml/lenient.ts";
import type { Fault } from "./faults.ts";

/** What Go's templates and Jinja's fill in. */
const ACTION = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** What only a template has: an action that decides, repeats or calls. */
const CONTROL = /\{\{-?\s*(?:if|range|with|end|else|define|template|include|block|toYaml|\/\*|\$\w*\s*:?=)|\{%-?\s*\w+/;

const REASON = "a template with {{ }} is no manifest: render it first, as helm template and --chart do";

/** Whether a text is a template rather than broken YAML: without what stands in its braces it can be read. */
export function isTemplate(text: string): boolean {
  if (CONTROL.test(text)) return true;
  const filled = withoutActions(text);
  return filled !== text && brokenAt(filled) === undefined;
}

/**
 * The first place of a text that a template fills in, if that is why the text can not be read.
 *
 * @param position - where the parser gave up
 */
export function templateFault(text: string, position: number): Fault | undefined {
  const first = [...text.matchAll(ACTION)].find(({ index }) => !isInComment(text, index));
  if (first === undefined) return undefined;
  // Where it goes wrong at the same place without them, they have nothing to do with it.
  return brokenAt(withoutActions(text)) === position ? undefined : { offset: first.index, reason: REASON };
}

function isInComment(text: string, offset: number): boolean {
  return /(?:^|[ \t])#/.test(text.slice(text.lastIndexOf("\n", offset) + 1, offset));
}

/** Where the parser gives a text up; nothing if it can be read. */
function brokenAt(text: string): number | undefined {
  try {
    const read = parseLeniently(text);
    constructFromEvents(read.events, { source: read.text, schema: CORE_SCHEMA });
    return undefined;
  } catch (error) {
    return error instanceof YAMLException ? error.mark?.position : undefined;
  }
}

/** With blanks in place of lines that are nothing but an action, and a word for each other one. */
function withoutActions(text: string): string {
  return text
    .replace(/^[ \t]*(?:\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})[ \t]*$/gm, (action) => action.replace(/[^\n]/g, " "))
    .replace(ACTION, (action) => action.replace(/[^\n]/g, "x"));
}
