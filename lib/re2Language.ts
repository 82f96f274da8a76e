import { RE2JS } from "re2js";

/*
 * What two expressions have in common, decided on the programs that RE2 compiles them to: they run side by side over all
 * texts at once. A guess from how an expression is written would be wrong about some.
 */

/** An instruction of a program; the library has no types for it. */
interface Instruction {
  readonly op: number;
  /** Where the program goes on. */
  readonly out: number;
  /** The other way of a fork, or the conditions that must hold between two letters. */
  readonly arg: number;
  matchRune(letter: number): boolean;
  readonly runes: ArrayLike<number>;
}

interface Program {
  readonly inst: readonly Instruction[];
  readonly start: number;
}

// As in RE2: https://github.com/google/re2/blob/main/re2/prog.h
const [FORK, FORK_AT_MATCH, CAPTURE, EMPTY_WIDTH, FAIL, MATCH, NOTHING] = [1, 2, 3, 4, 5, 6, 7];
const [RUNE, RUNE_ONCE, ANY, ANY_IN_LINE] = [8, 9, 10, 11];
const [BEGIN_LINE, END_LINE, BEGIN_TEXT, END_TEXT, WORD_BOUNDARY, NO_WORD_BOUNDARY] = [1, 2, 4, 8, 16, 32];

/** What stands before or behind a place: an end of the text, or a letter of this kind. */
type Side = "end" | "newline" | "word" | "other";

const SIDES: readonly Side[] = ["end", "newline", "word", "other"];
const NEWLINE = 10;

/** Whether a text matches both expressions as a whole. Both must be what RE2 understands. */
export function haveTextInCommon(one: string, other: string): boolean {
  const first = programOf(one);
  const second = programOf(other);
  const letters = lettersOf(first, second);
  const seen = new Set<string>();
  const open: [number, number, Side][] = [[first.start, second.start, "end"]];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const [here, there, before] = place;
    const key = `${here} ${there} ${before}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const behind of SIDES) {
      const mine = reached(first, here, before, behind);
      const theirs = reached(second, there, before, behind);
      if (behind === "end") {
        if (mine.some(isMatch) && theirs.some(isMatch)) return true;
        continue;
      }
      for (const a of mine) {
        for (const b of theirs) {
          if (letters[behind].some((letter) => takes(a, letter) && takes(b, letter))) open.push([a.out, b.out, behind]);
        }
      }
    }
  }
  return false;
}

/** Whether a text as a whole matches an expression, which must be what RE2 understands. */
export function matchesWhole(expression: string, text: string): boolean {
  const compiled = programs.get(expression) ?? RE2JS.compile(expression);
  programs.set(expression, compiled);
  return compiled.matches(text);
}

/** One expression is compared with many texts. */
const programs = new Map<string, RE2JS>();

/** A regular expression that matches the text and nothing else. */
export const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const programOf = (expression: string) => RE2JS.compile(expression).re2Input.prog as Program;

const isMatch = ({ op }: Instruction) => op === MATCH;

function takes(instruction: Instruction, letter: number): boolean {
  switch (instruction.op) {
    case RUNE:
    case RUNE_ONCE:
      return instruction.matchRune(letter);
    case ANY:
      return true;
    case ANY_IN_LINE:
      return letter !== NEWLINE;
    default:
      return false;
  }
}

/** The instructions that take a letter or end the program, of those that are reached without one. */
function reached(program: Program, start: number, before: Side, behind: Side): Instruction[] {
  const seen = new Set<number>();
  const found: Instruction[] = [];
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const instruction = program.inst[at];
    if (instruction === undefined || seen.has(at)) continue;
    seen.add(at);
    const { op, out, arg } = instruction;
    if (op === FORK || op === FORK_AT_MATCH) open.push(out, arg);
    else if (op === CAPTURE || op === NOTHING || (op === EMPTY_WIDTH && holds(arg, before, behind))) open.push(out);
    else if (op !== EMPTY_WIDTH && op !== FAIL) found.push(instruction);
  }
  return found;
}

function holds(conditions: number, before: Side, behind: Side): boolean {
  const isBoundary = (before === "word") !== (behind === "word");
  const facts =
    (before === "end" ? BEGIN_TEXT | BEGIN_LINE : 0) |
    (before === "newline" ? BEGIN_LINE : 0) |
    (behind === "end" ? END_TEXT | END_LINE : 0) |
    (behind === "newline" ? END_LINE : 0) |
    (isBoundary ? WORD_BOUNDARY : NO_WORD_BOUNDARY);
  return (conditions & ~facts) === 0;
}

/** Letters of each kind, among them one for each range that the programs tell apart. */
function lettersOf(...programs: readonly Program[]): Readonly<Record<Side, readonly number[]>> {
  const letters = new Set(Array.from({ length: 128 }, (_, letter) => letter));
  for (const { runes } of programs.flatMap(({ inst }) => inst)) {
    for (const bound of Array.from(runes)) letters.add(bound).add(bound + 1);
  }
  const sorted: Record<Side, number[]> = { end: [], newline: [], word: [], other: [] };
  for (const letter of letters) sorted[sideOf(letter)].push(letter);
  return sorted;
}

function sideOf(letter: number): Side {
  if (letter === NEWLINE) return "newline";
  return letter < 128 && /\w/.test(String.fromCharCode(letter)) ? "word" : "other";
}
