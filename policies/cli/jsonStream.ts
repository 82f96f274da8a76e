/** A text of one JSON value, and where it begins in the text of all. */
export interface JsonText {
  readonly text: string;
  readonly offset: number;
}

/** What only a text of JSON begins with: kubectl takes it for JSON by that too. */
const BEGIN = /^\s*\{/;
const MARK = /["{}]/g;

/** The values of a text of several JSON objects in a row, which kubectl reads one after the other; nothing for any other text. */
export function jsonObjects(content: string): readonly JsonText[] | undefined {
  if (!BEGIN.test(content)) return undefined;
  const found: JsonText[] = [];
  let [depth, offset] = [0, 0];
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(content); mark !== null; mark = MARK.exec(content)) {
    if (mark[0] === '"') {
      const end = endOfString(content, MARK.lastIndex);
      if (end === undefined) return undefined;
      MARK.lastIndex = end;
      continue;
    }
    depth += mark[0] === "{" ? 1 : -1;
    if (depth > 0) continue;
    const text = content.slice(offset, MARK.lastIndex);
    if (depth < 0 || !isJsonObject(text)) return undefined;
    found.push({ text, offset });
    offset = MARK.lastIndex;
  }
  return found.length > 1 && content.slice(offset).trim() === "" ? found : undefined;
}

/** The offset after the quote that ends a string of JSON. */
function endOfString(content: string, start: number): number | undefined {
  for (let end = content.indexOf('"', start); end >= 0; end = content.indexOf('"', end + 1)) {
    let before = end;
    while (content[before - 1] === "\\") before -= 1;
    if ((end - before) % 2 === 0) return end + 1;
  }
  return undefined;
}

function isJsonObject(text: string): boolean {
  if (!BEGIN.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
