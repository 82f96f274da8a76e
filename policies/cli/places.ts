import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from "js-yaml";
import { eventsOf, type YamlDocument } from "./documents.ts";
import { placeAt, type Place } from "./offsets.ts";

const QUOTED: ReadonlySet<number> = new Set([SCALAR_STYLE.DOUBLE_QUOTED, SCALAR_STYLE.SINGLE_QUOTED]);

/** Where a path leads in the file, as far as it leads: what is missing is shown at the place where it would be. */
export function placeOf(document: YamlDocument, path: string): Place {
  return placeAt(document, offsetOf(treeOf(document), stepsOf(path)));
}

/** The steps of a path as a `Field` writes it, e.g. `spec.http[0].match["x-user"]`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\.?(\w+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(([, name, index, text]) => {
    if (name !== undefined) return name;
    return index === undefined ? (JSON.parse(text ?? '""') as string) : Number(index);
  });
}

/** A value in a document, with what is below it. */
interface Tree {
  readonly start: number | undefined;
  readonly below: Map<string | number, Step>;
}

interface Step {
  /** The offset of what to point at: the key of a map, the item of a list. */
  readonly shown: number | undefined;
  readonly value: Tree;
}

/** The offset of the last step that is there. */
function offsetOf(tree: Tree | undefined, steps: readonly (string | number)[]): number {
  let offset = tree?.start ?? 0;
  for (const step of steps) {
    const found = tree?.below.get(step);
    if (found === undefined) break;
    offset = found.shown ?? offset;
    tree = found.value;
  }
  return offset;
}

/** A document is asked for many places in a row, and its tree takes too much room to be kept for longer. */
let last: { readonly document: YamlDocument; readonly tree: Tree | undefined } | undefined;

function treeOf(document: YamlDocument): Tree | undefined {
  if (last?.document !== document) last = { document, tree: readTree(document) };
  return last.tree;
}

function readTree(document: YamlDocument): Tree | undefined {
  const { text } = document;
  const events = eventsOf(document);
  // The first event opens the document.
  let next = 1;
  const read = (): Tree | undefined => {
    const event = events[next++];
    if (event === undefined || event.type === EVENT_ID.POP) return undefined;
    const tree: Tree = { start: startOf(event), below: new Map() };
    if (event.type === EVENT_ID.SEQUENCE) {
      for (let item = read(); item !== undefined; item = read()) {
        tree.below.set(tree.below.size, { shown: item.start, value: item });
      }
    }
    if (event.type === EVENT_ID.MAPPING) {
      for (let key = events[next], name = read(); name !== undefined; key = events[next], name = read()) {
        const value = read();
        if (value === undefined) break;
        if (key?.type === EVENT_ID.SCALAR) tree.below.set(getScalarValue(text, key), { shown: name.start, value });
      }
    }
    return tree;
  };
  return read();
}

function startOf(event: Event): number | undefined {
  switch (event.type) {
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
