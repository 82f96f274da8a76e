import { reasonOf } from "./reasons.ts";
import { openAt } from "./yamlScan.ts";

/** What is wrong with a text that can not be read, and where it begins. */
export interface Fault {
  readonly offset: number;
  /** Quotes nothing of the text, which may hold secrets. */
  readonly reason: string;
}

const CONFLICT = /^<{7} .*$/m;

/**
 * Where the mistake is, as far as that can be told: the parser says where it could not go on, which may be far behind.
 *
 * @param position - where the parser gave up
 * @param found - what it says
 */
export function faultIn(text: string, position: number, found: string): Fault {
  const conflict = CONFLICT.exec(text);
  if (conflict !== null)
    return { offset: conflict.index, reason: "a conflict of a merge is left in the file: resolve it" };
  const given = { offset: position, reason: reasonOf(found) };
  if (found.includes("quoted scalar")) return quoteFault(text) ?? given;
  if (found.includes("flow collection")) return bracketFault(text, position, found) ?? given;
  if (found.startsWith("bad indentation")) return indentationFault(text, position) ?? given;
  if (found.startsWith("duplicated mapping key")) return repeatedKey(text, position) ?? given;
  if (found.includes("multiline key")) return { ...given, offset: lastLineBefore(text, position) };
  return given;
}

/** So far before a colon its key is looked for. */
const LONGEST_KEY = 300;

function quoteFault(text: string): Fault | undefined {
  const { quote } = openAt(text, text.length);
  return quote === undefined ? undefined : { offset: quote, reason: "the quote that begins here has no end" };
}

function bracketFault(text: string, position: number, found: string): Fault | undefined {
  if (text.slice(position - 1, position + 1) === "${") {
    const reason =
      "a placeholder with $ and braces stands in brackets or braces: put quotes around it, or fill it in first";
    return { offset: position - 1, reason };
  }
  const open = openAt(text, position);
  const early = earlyQuote(text, position, open.quoted);
  if (early !== undefined) return early;
  const bracket = open.brackets.at(-1);
  if (bracket === undefined) return undefined;
  const line = text.slice(bracket + 1, endOfLine(text, bracket));
  // Where the lines after it are indented as in JSON, it is more likely that a comma is missing before one of them.
  const isLeftOpen =
    found.startsWith("unexpected end") || (line.trim() !== "" && text.slice(bracket, position).includes("\n"));
  if (isLeftOpen) return { offset: bracket, reason: "the bracket or brace that begins here has no end" };
  // The parser takes a key that follows a value for a part of it.
  const key = /(?:"[^"\n]*"|'[^'\n]*'|[\w.-]+)[ \t]*$/.exec(
    text.slice(Math.max(bracket, position - LONGEST_KEY), position),
  );
  return text[position] === ":" && key !== null
    ? { offset: position - key[0].length, reason: reasonOf(found) }
    : undefined;
}

/** A text in quotes that goes on over lines and ends right before: most likely the quote at the end begins another one. */
function earlyQuote(
  text: string,
  position: number,
  quoted: { start: number; end: number } | undefined,
): Fault | undefined {
  if (quoted === undefined || text.slice(quoted.end + 1, position).trim() !== "") return undefined;
  if (!text.slice(quoted.start, quoted.end).includes("\n")) return undefined;
  return {
    offset: quoted.start,
    reason: "the quote that begins here ends lines later: look whether its own end is missing",
  };
}

function indentationFault(text: string, position: number): Fault | undefined {
  const { quoted } = openAt(text, position);
  const early = earlyQuote(text, position, quoted);
  if (early !== undefined) return early;
  const start = text.lastIndexOf("\n", position - 1) + 1;
  const before = text.slice(start, position);
  if (quoted !== undefined && quoted.start >= start && text.slice(quoted.end + 1, position).trim() === "") {
    const reason =
      "text stands after the quote that ends here: put all of it in quotes, and write a quote within them twice or with a backslash";
    return { offset: quoted.end, reason };
  }
  if (/^[@`%]/.test(text.slice(position))) {
    return { offset: position, reason: "no value begins with @, ` or %: put quotes around it" };
  }
  if (text[position] !== ":") return undefined;
  if (/:[ \t]/.test(before)) {
    return { offset: position, reason: "a second colon stands in a value: put quotes around the value" };
  }
  const above = lastLineBefore(text, start);
  const colon = /^[ ]*(?:- +)?[\w.-]+(?=:[^\s/])/.exec(text.slice(above, endOfLine(text, above)));
  if (colon !== null) return { offset: above + colon[0].length, reason: "a blank is missing after the colon" };
  // The parser takes the key for more of the value above.
  return { offset: start + Math.max(before.search(/\S/), 0), reason: reasonOf("bad indentation") };
}

function repeatedKey(text: string, position: number): Fault | undefined {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  const key = /^[^\s:]+(?=:)/.exec(text.slice(position))?.[0];
  const indent = text.slice(start, position);
  if (key === undefined || indent.trim() !== "") return undefined;
  const isObject = indent === "" && (key === "apiVersion" || key === "kind");
  const reason = isObject
    ? "a second object begins here: put a line with --- before it, or take this key out"
    : "this key stands twice in one map: take one out";
  return { offset: position, reason };
}

/** Where the text of the last line begins that ends before and has more than blanks. */
function lastLineBefore(text: string, position: number): number {
  const until = text.slice(0, position).trimEnd();
  const start = until.lastIndexOf("\n") + 1;
  return start + Math.max(until.slice(start).search(/\S/), 0);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}
