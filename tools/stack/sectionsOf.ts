// Sections of one stack file in the place of those of another, by their lines: all other sections stay as they are, with every
// comment.
import { isDeepStrictEqual } from "node:util";
import { load } from "js-yaml";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";

/**
 * The text of a stack file with some sections of another one; those that the other one does not have go.
 * @throws Error where lines do not tell the sections, as in braces
 */
export function withSectionsOf(text: string, other: string, keys: readonly string[]): string {
  const wanted = { ...sectionsIn(text, keys, false), ...sectionsIn(other, keys) };
  const blocks = blocksIn(text);
  const before = blocksIn(other).filter(({ key }) => keys.includes(key));
  const lines = text.split("\n");
  const [first, last] = [blocks[0], blocks.at(-1)];
  const indent = first?.indent ?? 0;
  const added = before.filter(({ key }) => !blocks.some((block) => block.key === key));
  // From the end on, so that the lines before keep their numbers.
  if (last) lines.splice(last.to, 0, ...added.flatMap((block) => indented(block, indent)));
  for (const { key, from, to } of blocks.toReversed()) {
    if (!keys.includes(key)) continue;
    const block = before.find((one) => one.key === key);
    lines.splice(from, to - from, ...(block ? indented(block, indent) : []));
  }
  const result = lines.join("\n");
  if (isDeepStrictEqual(sectionsIn(result, [], false), wanted)) return result;
  throw new Error("its settings have to stand one below the other under config, not in braces");
}

/** What is configured under these keys, or under all others. */
export function sectionsIn(text: string, keys: readonly string[], isChosen = true): Untrusted {
  const config = mapOf(mapOf(load(text)).config);
  return Object.fromEntries(Object.entries(config).filter(([key]) => keys.includes(key) === isChosen));
}

/** A section: its lines from the key to the last one that is indented more. */
interface Block {
  readonly key: string;
  readonly indent: number;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const SECTION = /^ *(?:"([^"]*)"|'([^']*)'|([^\s"'#-]\S*?)):(?:\s|$)/;

const depth = (line: string): number => line.length - line.trimStart().length;
const isBlank = (line: string): boolean => line.trim() === "";

function blocksIn(text: string): Block[] {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => /^config:\s*(#.*)?$/.test(line)) + 1;
  if (begin === 0) return [];
  const following = lines.findIndex((line, index) => index >= begin && /^[^\s#]/.test(line));
  const end = following === -1 ? lines.length : following;
  const indent = depth(lines.slice(begin, end).find((line) => SECTION.test(line)) ?? "");
  const starts = lines.flatMap((line, index) =>
    index >= begin && index < end && depth(line) === indent && SECTION.test(line) ? [index] : [],
  );
  return starts.map((from, index) => {
    const own = lines.slice(from, starts[index + 1] ?? end);
    // A comment that is not indented more is about the next section. Entries of a list need no indentation.
    const length = 1 + own.findLastIndex((line) => !isBlank(line) && (depth(line) > indent || /^ *-(\s|$)/.test(line)));
    const to = from + Math.max(1, length);
    const named = SECTION.exec(lines[from] ?? "");
    const key = named?.[1] ?? named?.[2] ?? named?.[3] ?? "";
    return { key, indent, from, to, lines: lines.slice(from, to) };
  });
}

/** The lines of a section, in a file whose sections are indented so much. */
function indented({ lines, indent: own }: Block, indent: number): string[] {
  return lines.map((line) =>
    isBlank(line) ? line : " ".repeat(Math.max(0, depth(line) + indent - own)) + line.trimStart(),
  );
}
