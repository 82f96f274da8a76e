import { parseEvents, YAMLException } from "js-yaml";
import type { Event } from "js-yaml";

/** Put before a line that YAML wants further to the right, where the readers written in Go do not mind. */
export const SHIFT = " ".repeat(100);

/** How much may be read anew for lines that stand too far to the left, in characters: a few seconds. */
const MOST_READ_AGAIN = 50_000_000;

/** So far before a value a tab is looked for. */
const FARTHEST_TAB = 200;

/** The tab before the value that stands at the end. */
const TAB = /[:,?[{-][ \t]*\t[ \t]*[[{]?[ \t]*(?:[&!]\S*[ \t]+[[{]?)?$/;

/**
 * In brackets, braces and quotes Go's readers take any indentation, YAML only more than that of the key before them. They also
 * take tabs between what stands in one line, for which our reader takes it to stand too far to the left.
 */
export function parseLeniently(text: string): { text: string; events: Event[] } {
  for (let readAgain = 0; ; readAgain += text.length) {
    try {
      return { text, events: parseEvents(text, {}) };
    } catch (error) {
      const tooFarLeft = error instanceof YAMLException && error.reason === "deficient indentation";
      if (!tooFarLeft || error.mark === undefined || readAgain > MOST_READ_AGAIN) throw error;
      const start = text.lastIndexOf("\n", error.mark.position - 1) + 1;
      const before = text.slice(Math.max(start, error.mark.position - FARTHEST_TAB), error.mark.position);
      const [separated] = TAB.exec(before) ?? [];
      if (separated !== undefined) {
        const blanks = separated.replaceAll("\t", " ");
        text = text.slice(0, error.mark.position - blanks.length) + blanks + text.slice(error.mark.position);
        continue;
      }
      if (text.startsWith(SHIFT, start)) throw error;
      text = text.slice(0, start) + SHIFT + text.slice(start);
    }
  }
}

/** How many line breaks stand before an offset. */
export function countLines(text: string, offset = text.length): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
