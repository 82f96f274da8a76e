/**
 * The words of a line, as a shell takes them apart: by blanks, single and double quotes and backslashes. Nothing in them is
 * run or replaced.
 * @throws Error where a quote is not closed
 */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  // Undefined between words: what is quoted may be empty.
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (quote === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === "" ? /["']/.test(char) : char === quote) {
      quote = quote === "" ? char : "";
      word ??= "";
    } else if (char === "\\" && quote !== "'" && at + 1 < line.length && escapes(quote, line.charAt(at + 1))) {
      word = (word ?? "") + line.charAt(++at);
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== "") throw new Error(`a quote is not closed: ${quote}`);
  return word === undefined ? words : [...words, word];
}

/** Between double quotes, a backslash stands for itself before most. */
const escapes = (quote: string, next: string): boolean => quote === "" || /["\\$`]/.test(next);
