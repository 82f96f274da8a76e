// Lines with nothing but tabs, or with a tab before a comment. To YAML 1.2 they are empty, and to the library that Kubernetes reads
// with they are mostly a fault, since a tab indents nothing.
import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event } from "js-yaml";
import type { Fault } from "./faults.ts";

/** Such a line, up to its comment. */
const LINE = /^ *\t[ \t]*(?=#|\r?$)/gm;
const REASON = "this line has nothing but blanks before a tab, which Kubernetes does not take: remove the tab";

const BLOCK: ReadonlySet<number> = new Set([SCALAR_STYLE.LITERAL_BLOCK, SCALAR_STYLE.FOLDED_BLOCK]);

/** Whether a text has such lines, so that it is not as empty as it looks. */
export const hasTabLine = (text: string): boolean => text.search(LINE) >= 0;

/** The first line of a text whose tabs Kubernetes does not take. */
export function tabFault(text: string, events: readonly Event[]): Fault | undefined {
  let reader: Reader | undefined;
  for (const { index } of text.matchAll(LINE)) {
    reader ??= new Reader(text, events);
    const tab = text.indexOf("\t", index);
    if (reader.isFault(index, tab - index)) return { offset: tab, reason: REASON };
  }
  return undefined;
}

/** Goes through the events up to one line after the other. */
class Reader {
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 0;
  readonly #open: Event[] = [];
  #last: Event | undefined;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** @param column - of the first tab of the line, from 0 */
  isFault(line: number, column: number): boolean {
    this.#goTo(line);
    const last = this.#last;
    if (last?.type === EVENT_ID.SCALAR && last.valueEnd > line) {
      if (last.style === SCALAR_STYLE.PLAIN) return column <= this.#indent();
      return BLOCK.has(last.style) && (column < last.indent || this.#isBeforeText(last.valueStart, line));
    }
    const between = this.#text.slice(endOf(last), line);
    const brackets = this.#open.filter((event) => "style" in event && event.style === COLLECTION_STYLE.FLOW).length;
    if (brackets > (between.replace(/(?<=\s)#.*/g, "").match(/[\]}]/g)?.length ?? 0)) return false;
    if (last?.type !== EVENT_ID.SCALAR || between.trim() !== "") return true;
    if (last.style === SCALAR_STYLE.PLAIN) return column <= this.#indent();
    return !BLOCK.has(last.style) || last.indent <= 0 || column < last.indent;
  }

  /** Whether a line of a block stands before that by which its indentation is known, unless a number tells it. */
  #isBeforeText(start: number, line: number): boolean {
    const head = this.#text.slice(this.#text.lastIndexOf("\n", start - 2) + 1, start);
    return this.#text.slice(start, line).trim() === "" && !/[|>][-+]?\d[-+]?\s*(?:#.*)?$/.test(head);
  }

  /** Past the last event that begins up to an offset. */
  #goTo(offset: number): void {
    for (let index = this.#next; index < this.#events.length; index += 1) {
      const event = this.#events[index];
      const start = event === undefined ? -1 : startOf(event);
      if (start > offset) return;
      if (start < 0) continue;
      for (; this.#next <= index; this.#next += 1) this.#take(this.#events[this.#next]);
    }
  }

  #take(event: Event | undefined): void {
    if (event === undefined) return;
    if (event.type === EVENT_ID.POP) this.#open.pop();
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) this.#open.push(event);
    if (startOf(event) >= 0) this.#last = event;
  }

  /** The column of the block that is open. */
  #indent(): number {
    const block = this.#open.at(-1);
    const start = block === undefined ? -1 : startOf(block);
    return start < 0 ? -1 : start - (this.#text.lastIndexOf("\n", start - 1) + 1);
  }
}

function startOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    default:
      return -1;
  }
}

function endOf(event: Event | undefined): number {
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return event.valueEnd + (event.style === SCALAR_STYLE.PLAIN || BLOCK.has(event.style) ? 0 : 1);
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start + (event.style === COLLECTION_STYLE.FLOW ? 1 : 0);
    case EVENT_ID.ALIAS:
      return event.anchorEnd;
    default:
      return 0;
  }
}
