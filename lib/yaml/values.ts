// From the events of a YAML text to its value. Nothing is guessed: what readers differ in is refused by its line.
import { COLLECTION_STYLE, EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from "js-yaml";
import { pathText, type Path } from "../schema/problems.ts";
import { countLines } from "./lenient.ts";
import { plainScalar, type PlainScalar } from "./plainScalars.ts";

/** What is wrong with a YAML file, in words that quote no value: it may be a secret. */
export interface YamlProblem {
  /** From 1; undefined where the file as a whole is meant. */
  readonly line?: number;
  /** Where it stands, if that is known. */
  readonly path: Path;
  readonly reason: string;
}

/** More than anybody reads at once. */
const MOST_PROBLEMS = 50;
/** Levels, and values that aliases may add: aliases of aliases can make a few lines as large as they like. */
const MOST_LEVELS = 100;
const MOST_REPEATED = 100_000;

interface Node {
  readonly value: unknown;
  /** How many values it is with all that is in it, and how many levels. */
  readonly size: number;
  readonly levels: number;
}

type Properties = Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP | typeof EVENT_ID.ALIAS }>;

/** Reads one document. */
export class ValueReader {
  readonly problems: YamlProblem[] = [];
  readonly #anchors = new Map<string, Node | undefined>();
  /** The first event opens the document. */
  #at = 1;
  #repeated = 0;
  /** How many brackets and braces are open. */
  #brackets = 0;

  private readonly text: string;
  private readonly events: readonly Event[];

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
  }

  value(): unknown {
    return this.#node([]).value;
  }

  #node(path: Path): Node {
    const event = this.events[this.#at];
    this.#at += 1;
    if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return leaf(null);
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event, path);
    const anchor = event.anchorStart < 0 ? undefined : this.text.slice(event.anchorStart, event.anchorEnd);
    // Until it is read it is there and has no value: an alias to it from inside would have no end.
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const isEmpty = event.type === EVENT_ID.SCALAR && event.valueStart < 0;
    if (anchor !== undefined && (isEmpty || !/^[\w-]+$/.test(anchor))) {
      this.#report(event.anchorStart, path, "begins with &, which marks an anchor: put a text in quotes");
    }
    const inBrackets = "style" in event && event.type !== EVENT_ID.SCALAR && event.style === COLLECTION_STYLE.FLOW;
    this.#brackets += inBrackets ? 1 : 0;
    const node = this.#tagged(event, path);
    this.#brackets -= inBrackets ? 1 : 0;
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #alias({ anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }, path: Path): Node {
    const name = this.text.slice(anchorStart, anchorEnd);
    const node = this.#anchors.get(name);
    if (node !== undefined) {
      this.#repeated += node.size;
      if (this.#repeated <= MOST_REPEATED && path.length + node.levels <= MOST_LEVELS) return node;
    }
    const reason = !this.#anchors.has(name)
      ? "begins with *, so it is an alias, and no anchor above has this name: put text in quotes"
      : node === undefined
        ? "is an alias of the part of the file that it is in: write out what you mean"
        : "repeats too much by its aliases: write out what you mean";
    this.#report(anchorStart, path, reason);
    return leaf(null);
  }

  #tagged(event: Properties, path: Path): Node {
    const tag = event.tagStart < 0 ? undefined : this.text.slice(event.tagStart, event.tagEnd);
    if (tag !== undefined && !(tag === "!!str" && event.type === EVENT_ID.SCALAR)) {
      this.#report(event.tagStart, path, "begins with !, so it is a tag: leave the tag out, or put text in quotes");
    }
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return leaf(this.#scalar(event, tag, path));
      case EVENT_ID.SEQUENCE:
        return this.#list(path);
      case EVENT_ID.MAPPING:
        return this.#map(path);
    }
  }

  #scalar(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>, tag: string | undefined, path: Path): unknown {
    const text = event.valueStart < 0 ? "" : getScalarValue(this.text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return text;
    if (this.#brackets > 0 && /^:|\?/.test(text)) {
      this.#report(event.valueStart, path, "has a ? or begins with : inside brackets: put it in quotes");
    }
    if (tag !== undefined) return text;
    const read: PlainScalar = plainScalar(text);
    if ("value" in read) return read.value;
    this.#report(event.valueStart, path, read.unclear);
    return null;
  }

  #list(path: Path): Node {
    const items: Node[] = [];
    while (!this.#ends()) items.push(this.#node([...path, items.length]));
    return collection(
      items.map(({ value }) => value),
      items,
    );
  }

  #map(path: Path): Node {
    const nodes: Node[] = [];
    const lines = new Map<string, number>();
    const entries: [string, unknown][] = [];
    while (!this.#ends()) {
      const offset = this.#offset();
      const key = this.#key(path);
      const first = lines.get(key);
      if (first !== undefined && this.problems.length < MOST_PROBLEMS) {
        const reason = `is there twice, first on line ${this.#line(first)}: remove one of them`;
        this.#report(offset, [...path, key], reason);
      }
      lines.set(key, offset);
      this.#mapBelow(offset, [...path, key]);
      const node = this.#node([...path, key]);
      nodes.push(node);
      entries.push([key, node.value]);
    }
    return collection(Object.fromEntries(entries), nodes);
  }

  /** After an anchor or a tag the parser takes a map on their line, or on that of its name, for one; the engine does not. */
  #mapBelow(from: number, path: Path): void {
    const event = this.events[this.#at];
    if (event?.type !== EVENT_ID.MAPPING || event.style !== COLLECTION_STYLE.BLOCK) return;
    if (this.text.slice(Math.max(from, event.anchorEnd), event.start).includes("\n")) return;
    this.#report(
      event.start,
      path,
      "is a map that begins on the line of its name or anchor: put it below, or put a text in quotes",
    );
  }

  /** A name, which has to be one for the engine as well. */
  #key(path: Path): string {
    const event = this.events[this.#at];
    const offset = this.#offset();
    const before = this.problems.length;
    const { value } = this.#node(path);
    this.#keyInBrackets(event, path);
    if (typeof value === "string" && event?.type === EVENT_ID.SCALAR) return value;
    // A port, say: written as everybody writes a number, it is the same name to all.
    if (Number.isSafeInteger(value) && event?.type === EVENT_ID.SCALAR) {
      const written = this.text.slice(event.valueStart, event.valueEnd);
      if (written === String(value)) return written;
    }
    if (this.problems.length === before) {
      const reason =
        event?.type === EVENT_ID.SCALAR
          ? "has a name that is no text: put the name in quotes"
          : "has a name that is no text: put a text that begins with {, [, & or * in quotes";
      this.#report(offset, path, reason);
    }
    return "";
  }

  /** In brackets the engine wants a name and its colon on one line, and a space before what follows. */
  #keyInBrackets(event: Event | undefined, path: Path): void {
    if (this.#brackets === 0 || event?.type !== EVENT_ID.SCALAR) return;
    const begin = Math.min(...[event.valueStart, event.tagStart, event.anchorStart].filter((at) => at >= 0));
    const end = Math.max(event.valueEnd, event.tagEnd, event.anchorEnd);
    const rest = this.text.slice(end);
    const [toColon = ""] = /^["']?(?:\s|#.*)*(?=:)/.exec(rest) ?? [];
    if ((this.text.slice(begin, end) + toColon).includes("\n")) {
      this.#report(begin, path, "has a name in brackets that is on two lines: write it on one");
    }
    if (/^\s*:[[{\]},]/.test(rest)) this.#report(begin, path, "has no space after the : in brackets: write one");
  }

  #ends(): boolean {
    const event = this.events[this.#at];
    if (event !== undefined && event.type !== EVENT_ID.POP) return false;
    this.#at += 1;
    return true;
  }

  /** Where the next node stands. */
  #offset(): number {
    const event = this.events[this.#at];
    if (event?.type === EVENT_ID.SCALAR) return event.valueStart;
    if (event?.type === EVENT_ID.ALIAS) return event.anchorStart;
    return event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE ? event.start : 0;
  }

  #line(offset: number): number {
    return 1 + countLines(this.text, Math.max(0, offset));
  }

  #report(offset: number, path: Path, reason: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ line: this.#line(offset), path, reason });
  }
}

const leaf = (value: unknown): Node => ({ value, size: 1, levels: 0 });

function collection(value: unknown, nodes: readonly Node[]): Node {
  const size = nodes.reduce((sum, node) => sum + node.size, 1);
  return { value, size, levels: 1 + nodes.reduce((most, node) => Math.max(most, node.levels), 0) };
}

/** Where a problem is, e.g. `mesh:istio.timeout (line 4)`; empty where it is the file as a whole. */
export function problemPlace({ line, path }: YamlProblem, text: (path: Path) => string = pathText): string {
  if (line === undefined) return "";
  return path.length === 0 ? `line ${line}` : `${text(path)} (line ${line})`;
}
