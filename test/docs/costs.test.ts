// The costs that docs/eks.md names are those that a preview would name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { expect, it } from "vitest";
import { costs, rounded, sum, type Cost } from "../../tools/preview/cost.ts";
import { PRICES_AS_OF } from "../../tools/preview/prices.ts";
import { runStack, stackFile } from "../stacks/program.ts";

/** What stacks cost a month, side by side, in Markdown. What is called after a resource stands together. */
function costTable(stacks: Readonly<Record<string, readonly Cost[]>>): string {
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

it("docs/eks.md has the costs of the stacks, by the one list of prices", { timeout: 300_000 }, async () => {
  const stacks: Record<string, ReturnType<typeof costs>> = {};
  for (const stack of ["dev", "staging", "prod"]) {
    const file = stackFile(stack);
    const { resources } = await runStack(file);
    stacks[stack] = costs(resources, String(file["aws:region"]));
  }
  const table = await format(costTable(stacks), { parser: "markdown" });
  const docs = readFileSync(join(import.meta.dirname, "../../docs/eks.md"), "utf8");
  expect(docs).toContain(table.trim());
  expect(docs).toContain(`as of ${PRICES_AS_OF}`);
});
