// Changes settings in the text of a stack file, and leaves its comments and all the rest as they are.
import { isDeepStrictEqual } from "node:util";
import { dump, load } from "js-yaml";
import { mapOf } from "../../lib/untrusted.ts";
import type { Change } from "./plan.ts";

const SECTION = ["config", "mesh:istio"];

/**
 * The text with the changes to `mesh:istio`.
 * @throws Error where it is written in a way that lines do not tell apart, such as with anchors
 */
export function edited(text: string, changes: readonly Change[]): string {
  let lines = text.replace(/\n$/, "").split("\n");
  let wanted: unknown = load(text);
  for (const [path, value] of changes) {
    const whole = [...SECTION, ...path];
    wanted = changed(wanted, whole, value);
    lines = set(lines, whole, wanted);
  }
  const result = `${lines.join("\n")}\n`;
  if (!isDeepStrictEqual(loaded(result), wanted)) {
    throw new Error("mesh:istio is not written line by line: write it as a map with one key a line, without anchors");
  }
  return result;
}

function loaded(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

/** The value with another one at the path; maps that are missing are made, and nothing is left of one that is undefined. */
function changed(value: unknown, [key = "", ...rest]: readonly string[], to: unknown): unknown {
  const { [key]: before, ...others } = mapOf(value);
  const after = rest.length === 0 ? to : changed(before, rest, to);
  if (after === undefined) return others;
  return Object.fromEntries(
    [...Object.entries(mapOf(value)).filter(([name]) => name !== key || before !== undefined), [key, after]].map(
      ([name, each]) => [name, name === key ? after : each] as const,
    ),
  );
}

interface Block {
  /** Line of the key. */
  readonly start: number;
  /** Line after the last one that belongs to it. */
  readonly end: number;
  readonly indent: number;
}

/** Writes what is wanted at the path: as near to its end as lines tell apart. */
function set(lines: readonly string[], path: readonly string[], wanted: unknown): string[] {
  let around: Block = { start: -1, end: lines.length, indent: -1 };
  for (const [depth, key] of path.entries()) {
    const found = blockOf(lines, around, key);
    const here = path.slice(0, depth + 1);
    const value = valueAt(wanted, here);
    if (found === undefined) {
      const indent = indentIn(lines, around) ?? around.indent + 2;
      const at = endOf(lines, around);
      return value === undefined
        ? [...lines]
        : [...lines.slice(0, at), ...written(key, value, indent), ...lines.slice(at)];
    }
    const isLast = depth === path.length - 1;
    if (isLast || isInline(lines[found.start] ?? "") || indentIn(lines, found) === undefined) {
      const instead = value === undefined ? [] : written(key, value, found.indent);
      return [...lines.slice(0, found.start), ...instead, ...lines.slice(endOf(lines, found))];
    }
    around = found;
  }
  return [...lines];
}

const isFiller = (line: string) => /^\s*(#.*)?$/.test(line);
const indentOf = (line: string) => line.length - line.trimStart().length;
/** Whether the value of a key begins beside it. */
const isInline = (line: string) => /:\s+[^\s#]/.test(line.replace(/^\s*("[^"]*"|'[^']*'|[^\s:]+:[^\s:]+|[^\s:]+)/, ""));

function blockOf(lines: readonly string[], around: Block, key: string): Block | undefined {
  const indent = indentIn(lines, around);
  if (indent === undefined) return undefined;
  for (let start = around.start + 1; start < around.end; start++) {
    const line = lines[start] ?? "";
    if (isFiller(line) || indentOf(line) !== indent) continue;
    const [, written = ""] = /^\s*(?:["']?)(.*?)(?:["']?)\s*:(?:\s|$)/.exec(line) ?? [];
    if (written !== key) continue;
    const next = lines.findIndex((each, at) => at > start && !isFiller(each) && indentOf(each) <= indent);
    return { start, end: next < 0 ? lines.length : Math.min(next, around.end), indent };
  }
  return undefined;
}

/** Of the keys in a block; nothing where there are none. */
function indentIn(lines: readonly string[], { start, end, indent }: Block): number | undefined {
  const first = lines.slice(start + 1, end).find((line) => !isFiller(line));
  return first === undefined || indentOf(first) <= indent ? undefined : indentOf(first);
}

/** Behind its last line that says something: comments and blank lines after that are about what follows. */
function endOf(lines: readonly string[], { start, end }: Block): number {
  let last = end;
  while (last > start + 1 && isFiller(lines[last - 1] ?? "")) last -= 1;
  return last;
}

function written(key: string, value: unknown, indent: number): string[] {
  const text = dump({ [key]: value }, { lineWidth: -1 });
  return text
    .trimEnd()
    .split("\n")
    .map((line) => " ".repeat(indent) + line);
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((part, key) => mapOf(part)[key], value);
