/** What is open at a place in a text that the parser gave up. */
export interface OpenAt {
  /** The offsets of brackets and braces without an end, from the outside in. */
  readonly brackets: readonly number[];
  /** The offset of a quote without an end. */
  readonly quote?: number | undefined;
  /** The last text in quotes that ended. */
  readonly quoted?: { readonly start: number; readonly end: number } | undefined;
}

const OPENING = "[{";
const CLOSING = "]}";

/** Reads a text of YAML roughly, up to a place: enough to say where a quote or a bracket began. */
export function openAt(text: string, end: number): OpenAt {
  const brackets: number[] = [];
  let quoted: OpenAt["quoted"];
  for (let offset = 0; offset < end; offset += 1) {
    const letter = text[offset] ?? "";
    if (letter === "#" && /\s|^$/.test(text[offset - 1] ?? "")) {
      offset = endOfLine(text, offset);
    } else if (CLOSING.includes(letter)) {
      brackets.pop();
    } else if (!isBegin(text, offset, brackets.length > 0)) {
      continue;
    } else if (OPENING.includes(letter)) {
      brackets.push(offset);
    } else if (letter === '"' || letter === "'") {
      const close = endOfQuote(text, offset);
      if (close === undefined || close >= end) return { brackets, quote: offset, quoted };
      quoted = { start: offset, end: close };
      offset = close;
    } else if ((letter === "|" || letter === ">") && brackets.length === 0) {
      offset = endOfBlock(text, offset);
    }
  }
  return { brackets, quoted };
}

/** Whether a value begins here: after a mark, or at the beginning of a line. */
function isBegin(text: string, offset: number, inBrackets: boolean): boolean {
  let before = offset - 1;
  while (text[before] === " " || text[before] === "\t") before -= 1;
  const letter = text[before] ?? "\n";
  if (letter === "\n" || (inBrackets && (OPENING.includes(letter) || letter === "," || letter === ":"))) return true;
  return before < offset - 1 && (letter === ":" || letter === "-" || letter === "?");
}

function endOfQuote(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let offset = start + 1; offset < text.length; offset += 1) {
    if (quote === '"' && text[offset] === "\\") offset += 1;
    else if (text[offset] === quote) {
      if (quote === '"' || text[offset + 1] !== quote) return offset;
      offset += 1;
    }
  }
  return undefined;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

/** The end of a text in a block: the lines that are empty, or further to the right than the one with its mark. */
function endOfBlock(text: string, offset: number): number {
  const indent = indentAt(text, text.lastIndexOf("\n", offset) + 1);
  let end = endOfLine(text, offset);
  while (end < text.length) {
    const next = endOfLine(text, end + 1);
    const isEmpty = text.slice(end + 1, next).trim() === "";
    if (!isEmpty && indentAt(text, end + 1) <= indent) return end;
    end = next;
  }
  return end;
}

function indentAt(text: string, start: number): number {
  let offset = start;
  while (text[offset] === " ") offset += 1;
  return offset - start;
}
