import { EVENT_ID, type Event } from "js-yaml";

/** Aliases of aliases can make a few lines as large as they like: no honest manifest has more values by them. */
const MOST_VALUES = 1_000_000;
/** As deep as the parser lets a text without aliases be. */
const DEEPEST = 100;

export interface AliasProblem {
  /** Where in the text the alias begins. */
  readonly offset: number;
  readonly reason: string;
}

/** What an anchor stands for. */
interface Anchored {
  /** How many values it is, with those that the aliases in it bring. */
  size: number;
  depth: number;
  /** Whether its end is still to come. */
  open: boolean;
}

/** The first alias of a document that leads nowhere, into itself, or to more than can be read. */
export function aliasProblem(text: string, events: readonly Event[]): AliasProblem | undefined {
  const anchors = new Map<string, Anchored>();
  const around: Anchored[] = [];
  let byAliases = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.POP: {
        const ended = around.pop();
        if (ended === undefined) break;
        ended.open = false;
        put(ended, around.at(-1));
        break;
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(nameOf(text, event));
        byAliases += target?.size ?? 0;
        const reason = reasonAgainst(target, byAliases, around.length);
        // After the asterisk.
        if (reason !== undefined) return { offset: event.anchorStart - 1, reason };
        if (target !== undefined) put(target, around.at(-1));
        break;
      }
      default: {
        const value = { size: 1, depth: 0, open: event.type !== EVENT_ID.SCALAR };
        if (event.type !== EVENT_ID.DOCUMENT && event.anchorStart >= 0) anchors.set(nameOf(text, event), value);
        if (value.open) around.push(value);
        else put(value, around.at(-1));
      }
    }
  }
  return undefined;
}

function put({ size, depth }: Anchored, parent: Anchored | undefined): void {
  if (parent === undefined) return;
  parent.size += size;
  parent.depth = Math.max(parent.depth, depth + 1);
}

function reasonAgainst(target: Anchored | undefined, byAliases: number, above: number): string | undefined {
  if (target === undefined) {
    return "there is no anchor of this name before it: put quotes around a text that begins with *";
  }
  if (target.open) return "this alias stands in what it stands for, which has no end: write out what you mean";
  if (byAliases > MOST_VALUES || above + target.depth > DEEPEST) {
    return "the aliases up to here make more than can be read: write out what you mean";
  }
  return undefined;
}

function nameOf(text: string, { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }): string {
  return text.slice(anchorStart, anchorEnd);
}
