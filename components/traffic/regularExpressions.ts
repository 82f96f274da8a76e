import { z } from "zod";

/*
 * Envoy matches with RE2, whose time is linear in the input, and which therefore has neither lookaround nor
 * backreferences. JavaScript's own parser takes both and refuses much that RE2 knows, so this reads the syntax itself.
 */

/** Istio's limit of the length; Envoy would refuse programs that grow too big. */
const LONGEST = 1024;

/** RE2's limit of a repetition, that of nested ones multiplied. */
const MOST_REPEATED = 1000;

/**
 * What keeps RE2 from compiling the expression, or nothing.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function regexProblem(expression: string): string | undefined {
  if (expression === "") return "is empty: leave it out to match anything";
  if (expression.length > LONGEST) return `is longer than the ${LONGEST} characters that Istio takes`;
  try {
    new Reader(expression).read();
    return undefined;
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

/** A regular expression in RE2's syntax, which has to match the whole value. */
export const regularExpression = z
  .string({ error: "must be a regular expression, as a string" })
  .superRefine((expression, context) => {
    const problem = regexProblem(expression);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

class Unreadable extends Error {}

const unreadable = (why: string): never => {
  throw new Unreadable(`is no regular expression that RE2 understands: ${why}`);
};

const CLASS_ESCAPES = "dDsSwW";
const CHARACTER_ESCAPES = "aftnrv";
const POSITIONS = "bBAz";
const POSIX_CLASS = /^\[:\^?(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;

/** Reads an expression by RE2's grammar, and notes for each part how often it may be repeated. */
class Reader {
  readonly #text: readonly string[];
  readonly #groups = new Set<string>();
  #at = 0;

  constructor(text: string) {
    this.#text = Array.from(text);
  }

  read(): void {
    this.#alternatives();
    if (this.#at < this.#text.length) unreadable("a closing parenthesis has no opening one");
  }

  /** Alternatives up to a closing parenthesis or the end; returns the most that a part of them is repeated. */
  #alternatives(): number {
    let most = 1;
    let last: number | undefined;
    while (this.#at < this.#text.length && !this.#ahead(")")) {
      if (this.#takes("|")) {
        last = undefined;
        continue;
      }
      const times = this.#repetition();
      if (times === undefined) {
        // A group of flags only is no part: a repetition after it means the part before.
        last = this.#part() ?? last;
      } else {
        if (last === undefined) unreadable("a repetition has nothing before it to repeat");
        last = times * (last ?? 1);
        if (last > MOST_REPEATED) unreadable(`it repeats a part more than ${MOST_REPEATED} times`);
        if (this.#repetition() !== undefined) unreadable("a repetition follows right after another");
      }
      most = Math.max(most, last ?? 1);
    }
    return most;
  }

  /** How often the part before is repeated, at most, where a repetition stands here; 1 where that has no limit. */
  #repetition(): number | undefined {
    if (this.#takes("*") || this.#takes("+") || this.#takes("?")) {
      this.#takes("?");
      return 1;
    }
    const [counted, min, comma, max] = /^\{(\d+)(,(\d*))?\}/.exec(this.#rest(12)) ?? [];
    if (counted === undefined) return undefined;
    this.#at += counted.length;
    this.#takes("?");
    const limits = [Number(min), comma === undefined || max === "" || max === undefined ? Number(min) : Number(max)];
    const [low = 0, high = 0] = limits;
    if (high > MOST_REPEATED) unreadable(`it repeats a part more than ${MOST_REPEATED} times`);
    if (low > high) unreadable("a repetition has a smaller maximum than its minimum");
    return Math.max(1, high);
  }

  #part(): number | undefined {
    if (this.#takes("(")) return this.#group();
    if (this.#takes("[")) this.#characterClass();
    else if (this.#takes("\\")) this.#escape();
    else this.#at += 1;
    return 1;
  }

  #group(): number | undefined {
    if (this.#takes("?")) {
      const rest = this.#rest(80);
      if (/^(<?[=!])/.test(rest)) unreadable("it has no lookahead and no lookbehind");
      const [name] = /^P?<\w+>/.exec(rest) ?? [];
      const [flags] = /^(?:[imsU]*(?:-[imsU]+)?)(?=[:)])/.exec(rest) ?? [];
      if (name !== undefined) {
        const key = name.slice(name.indexOf("<"));
        if (this.#groups.has(key)) unreadable("two groups have the same name");
        this.#groups.add(key);
        this.#at += Array.from(name).length;
      } else if (flags !== undefined) {
        this.#at += flags.length;
        if (flags !== "" && this.#takes(")")) return undefined;
        if (!this.#takes(":")) unreadable("a group begins with a question mark and no flags");
      } else {
        unreadable("a group begins with a question mark and something that RE2 does not know");
      }
    }
    const most = this.#alternatives();
    if (!this.#takes(")")) unreadable("an opening parenthesis has no closing one");
    return most;
  }

  #characterClass(): void {
    this.#takes("^");
    for (let first = true; first || !this.#ahead("]"); first = false) {
      if (this.#at >= this.#text.length) unreadable("a class of characters has no closing bracket");
      const [posix] = POSIX_CLASS.exec(this.#rest(14)) ?? [];
      if (posix !== undefined) {
        this.#at += posix.length;
        continue;
      }
      if (this.#ahead("[") && /^\[:\^?[a-zA-Z]*:\]/.test(this.#rest(40)))
        unreadable("it has no such class of characters");
      const low = this.#classCharacter();
      if (low === undefined || !this.#ahead("-") || ["]", undefined].includes(this.#text[this.#at + 1])) continue;
      this.#at += 1;
      const high = this.#classCharacter();
      if (high === undefined || high < low) unreadable("a range of characters ends before it begins");
    }
    this.#at += 1;
  }

  /** The code of one character in a class, or nothing for an escape that stands for several. */
  #classCharacter(): number | undefined {
    if (!this.#takes("\\")) {
      this.#at += 1;
      return this.#text[this.#at - 1]?.codePointAt(0);
    }
    if (POSITIONS.includes(this.#text[this.#at] ?? " ")) unreadable("a class of characters has a position in it");
    return this.#escape();
  }

  /** What follows a backslash; the code of the character, or nothing where it stands for several or for a position. */
  #escape(): number | undefined {
    const letter = this.#text[this.#at] ?? unreadable("a backslash stands at its end");
    this.#at += 1;
    if (CLASS_ESCAPES.includes(letter) || POSITIONS.includes(letter)) return undefined;
    if (CHARACTER_ESCAPES.includes(letter)) return { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }[letter];
    if (letter === "Q" || letter === "p" || letter === "P") {
      if (letter === "Q") this.#quoted();
      else this.#property();
      return undefined;
    }
    if (letter === "x") return this.#hexadecimal();
    const [octal] = /^[0-7]{1,3}/.exec(letter + this.#rest(2)) ?? [];
    if (octal !== undefined && (octal.length > 1 || octal === "0")) {
      this.#at += octal.length - 1;
      return Number.parseInt(octal, 8);
    }
    if (/\d|k/.test(letter)) unreadable("it has no backreferences");
    if (/[A-Za-z]|[^\0-\x7f]/.test(letter)) unreadable(`it has no escape \\${letter}`);
    return letter.codePointAt(0);
  }

  #quoted(): void {
    const end = this.#text.findIndex(
      (_, at) => at >= this.#at && this.#text[at] === "\\" && this.#text[at + 1] === "E",
    );
    this.#at = end < 0 ? this.#text.length : end + 2;
  }

  #property(): void {
    const [name] = /^(\{\^?\w+\}|[A-Z])/.exec(this.#rest(40)) ?? unreadable("a Unicode property has no name");
    const bare = name.replace(/[{}^]/g, "");
    const known = ["General_Category", "Script"].some((property) => isProperty(`${property}=${bare}`));
    if (!known && bare !== "Any") unreadable("it has no such Unicode property");
    this.#at += name.length;
  }

  #hexadecimal(): number {
    const [digits = "", braced] = /^(?:\{([0-9A-Fa-f]+)\}|[0-9A-Fa-f]{2})/.exec(this.#rest(12)) ?? [];
    const code = Number.parseInt(braced ?? digits, 16);
    if (!(code <= 0x10ffff)) unreadable("\\x is followed by no character's code");
    this.#at += digits.length;
    return code;
  }

  #ahead(character: string): boolean {
    return this.#text[this.#at] === character;
  }

  #takes(character: string): boolean {
    if (!this.#ahead(character)) return false;
    this.#at += 1;
    return true;
  }

  #rest(length: number): string {
    return this.#text.slice(this.#at, this.#at + length).join("");
  }
}

function isProperty(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, "u").test("") || true;
  } catch {
    return false;
  }
}
