import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from "js-yaml";
import { countLines, SHIFT } from "../../lib/yaml/lenient";
import type { YamlDocument } from "./documents";

const QUOTED: ReadonlySet<number> = new Set([SCALAR_STYLE.DOUBLE_QUOTED, SCALAR_STYLE.SINGLE_QUOTED]);

export interface Place {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Where a path leads in the file, as far as it leads: what is missing is shown at the place where it would be. */
export function placeOf({ text, line, events }: YamlDocument, path: string): Place {
  const offset = walk(text, events, stepsOf(path)) ?? 0;
  const begin = text.lastIndexOf("\n", offset - 1) + 1;
  const shift = text.startsWith(SHIFT, begin) ? SHIFT.length : 0;
  return { line: line + countLines(text, offset), column: offset - begin - shift + 1 };
}

/** The steps of a path as a `Field` writes it, e.g. `spec.http[0].match["x-user"]`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\.?(\w+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(([, name, index, text]) => {
    if (name !== undefined) return name;
    return index === undefined ? (JSON.parse(text ?? '""') as string) : Number(index);
  });
}

/** The offset of the last step that is there. */
function walk(text: string, events: readonly Event[], steps: readonly (string | number)[]): number | undefined {
  // The first event opens the document.
  let node = 1;
  let offset = startOf(events[node]);
  for (const step of steps) {
    const found = typeof step === "number" ? item(events, node, step) : entry(text, events, node, step);
    if (found === undefined) break;
    offset = startOf(events[found.shown]) ?? offset;
    node = found.node;
  }
  return offset;
}

interface Found {
  /** What to point at: the key of a map, the item of a list. */
  readonly shown: number;
  readonly node: number;
}

function item(events: readonly Event[], list: number, index: number): Found | undefined {
  if (events[list]?.type !== EVENT_ID.SEQUENCE) return undefined;
  let node = list + 1;
  for (let left = index; left > 0 && isNode(events[node]); left -= 1) node = after(events, node);
  return isNode(events[node]) ? { shown: node, node } : undefined;
}

function entry(text: string, events: readonly Event[], map: number, key: string): Found | undefined {
  if (events[map]?.type !== EVENT_ID.MAPPING) return undefined;
  for (let node = map + 1; isNode(events[node]);) {
    const event = events[node];
    const value = after(events, node);
    if (event?.type === EVENT_ID.SCALAR && getScalarValue(text, event) === key) return { shown: node, node: value };
    node = after(events, value);
  }
  return undefined;
}

function isNode(event: Event | undefined): boolean {
  return event !== undefined && event.type !== EVENT_ID.POP;
}

/** The event that follows a node with all that is in it. */
function after(events: readonly Event[], node: number): number {
  let depth = 0;
  for (let at = node; at < events.length; at += 1) {
    const type = events[at]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    if (type === EVENT_ID.POP) depth -= 1;
    if (depth <= 0) return at + 1;
  }
  return events.length;
}

function startOf(event: Event | undefined): number | undefined {
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      if (event.valueStart < 0) return undefined;
      return QUOTED.has(event.style) ? event.valueStart - 1 : event.valueStart;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.ALIAS:
      // After the asterisk.
      return event.anchorStart - 1;
    default:
      return undefined;
  }
}
