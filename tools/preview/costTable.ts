import { rounded, sum, type Cost } from "./cost.ts";

/** What stacks cost a month, side by side, in Markdown. What is called after a resource stands together. */
export function costTable(stacks: Readonly<Record<string, readonly Cost[]>>): string {
  const kinds = [...new Set(Object.values(stacks).flatMap((costs) => costs.map(({ what }) => kindOf(what))))];
  const cell = (costs: readonly Cost[], kind: string) =>
    costs
      .filter(({ what }) => kindOf(what) === kind)
      .map(({ count, dollars }) => `${count}, ${dollars === undefined ? "?" : rounded(dollars)}`)
      .join("; ") || "–";
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const all = Object.values(stacks);
  return [
    row(["a month, about", ...Object.keys(stacks)]),
    row(["a month, about", ...Object.keys(stacks)].map(() => "---")),
    ...kinds.map((kind) => row([kind, ...all.map((costs) => cell(costs, kind))])),
    row(["together", ...all.map((costs) => `**${rounded(sum(costs))}**`)]),
  ].join("\n");
}

const kindOf = (what: string): string =>
  what.replace(/^(nodes|disks of) .*/, "$1").replace(/^disks of$/, "disks of nodes");
