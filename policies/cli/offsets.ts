import { SHIFT } from "../../lib/yaml/lenient.ts";

/** A place in a file. */
export interface Place {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** A text that begins on a line of a file. */
export interface Passage {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Where in the file an offset of the text is. */
export function placeAt(passage: Passage, offset: number): Place {
  const starts = lineStarts(passage);
  const index = lastNotAfter(starts, offset);
  const begin = starts[index] ?? 0;
  const shift = passage.text.startsWith(SHIFT, begin) ? SHIFT.length : 0;
  return { line: passage.line + index, column: Math.max(offset - begin - shift, 0) + 1 };
}

/** A text can have a finding on each of its lines: to count them anew for each would take the square of their number. */
let last: { readonly passage: Passage; readonly starts: readonly number[] } | undefined;

function lineStarts(passage: Passage): readonly number[] {
  if (last?.passage !== passage) last = { passage, starts: readLineStarts(passage.text) };
  return last.starts;
}

function readLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last number that is not above another, in an ascending list that begins with 0. */
function lastNotAfter(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
