// The difference of two texts, line by line, as `git apply` takes it.

/** Unchanged lines around a change. */
const AROUND = 3;

type Line = readonly [mark: " " | "-" | "+", text: string];

export function unifiedDiff(file: string, before: string, after: string): string {
  const lines = compared(linesOf(before), linesOf(after));
  const changes = lines.flatMap(([mark], index) => (mark === " " ? [] : [index]));
  const near = lines.map((_, index) => changes.some((change) => Math.abs(change - index) <= AROUND));
  const text = [`--- a/${file}`, `+++ b/${file}`];
  let [old, next] = [1, 1];
  for (let index = 0; index < lines.length;) {
    if (!near[index]) {
      [old, next, index] = [old + 1, next + 1, index + 1];
      continue;
    }
    const end = near.indexOf(false, index);
    const hunk = lines.slice(index, end < 0 ? lines.length : end);
    const count = (mark: string) => hunk.filter(([each]) => each !== mark).length;
    text.push(`@@ -${old},${count("+")} +${next},${count("-")} @@`, ...hunk.map(([mark, line]) => mark + line));
    [old, next, index] = [old + count("+"), next + count("-"), index + hunk.length];
  }
  return text.join("\n");
}

const linesOf = (text: string) => text.replace(/\n$/, "").split("\n");

/** By the longest common part of what is left without the lines that both begin and end with. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (lines: readonly string[]) => lines.map((line): Line => [" ", line]);
  return [
    ...same(before.slice(0, start)),
    ...between(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function between(before: readonly string[], after: readonly string[]): Line[] {
  // How many lines the texts have in common from here on.
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = common[i] ?? [];
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push([" ", before[i] ?? ""]);
      [i, j] = [i + 1, j + 1];
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(["-", before[i] ?? ""]);
      i += 1;
    } else {
      lines.push(["+", after[j] ?? ""]);
      j += 1;
    }
  }
  return lines;
}
