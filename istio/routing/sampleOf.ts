// A text that a regular expression takes.
import { compiled } from "./stringMatch.ts";

/** A text that fits the whole of an expression of RE2; undefined where none was found by taking the simplest way through it. */
export function sampleOf(expression: string): string | undefined {
  for (const often of [0, 1, 2]) {
    const { text } = alternatives(expression, 0, often);
    if (compiled(expression).matches(text)) return text;
  }
  return undefined;
}

interface Read {
  readonly text: string;
  /** Where the expression goes on. */
  readonly at: number;
}

/** The first of several alternatives, up to the end of the group. */
function alternatives(expression: string, from: number, often: number): Read {
  let at = from;
  let text = "";
  let isFirst = true;
  while (at < expression.length && expression[at] !== ")") {
    if (expression[at] === "|") {
      isFirst = false;
      at += 1;
      continue;
    }
    const piece = repeated(expression, at, often);
    if (isFirst) text += piece.text;
    at = piece.at;
  }
  return { text, at };
}

function repeated(expression: string, from: number, often: number): Read {
  const { text, at } = atom(expression, from, often);
  const [whole = "", sign = "", least] = /^(?:([*+?])|\{(\d+)(?:,\d*)?\})\??/.exec(expression.slice(at)) ?? [];
  if (whole === "") return { text, at };
  const count =
    least !== undefined ? Number(least) : sign === "+" ? Math.max(1, often) : sign === "?" ? Math.min(1, often) : often;
  return { text: text.repeat(count), at: at + whole.length };
}

function atom(expression: string, at: number, often: number): Read {
  const sign = expression[at] ?? "";
  const next = expression[at + 1] ?? "";
  if (sign === "^" || sign === "$") return { text: "", at: at + 1 };
  if (sign === "\\") return { text: ESCAPES[next] ?? next, at: at + 2 };
  if (sign === ".") return { text: "a", at: at + 1 };
  if (sign === "[") return characterOf(expression, at);
  if (sign !== "(") return { text: sign, at: at + 1 };
  const [flags = ""] = /^\(\?(?:[imsU-]*:|P?<\w+>|[imsU-]+(?=\)))?/.exec(expression.slice(at)) ?? ["("];
  const inside = alternatives(expression, at + flags.length, often);
  return { text: inside.text, at: inside.at + 1 };
}

const ESCAPES: Readonly<Record<string, string>> = {
  d: "1",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
  b: "",
  A: "",
  z: "",
};

/** One character of a class. */
function characterOf(expression: string, at: number): Read {
  const [whole = "[", content = ""] = /^\[((?:\^?\]?)(?:\\.|\[:\w+:\]|[^\]\\])*)\]/s.exec(expression.slice(at)) ?? [];
  const set = compiled(whole);
  const text = Array.from("a1A-_/ .=;:%x0Z").find((each) => set.matches(each)) ?? content.replace(/^\^/, "").charAt(0);
  return { text, at: at + whole.length };
}
