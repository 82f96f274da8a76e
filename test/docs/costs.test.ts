// The costs that docs/eks.md names are those that a preview would name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { expect, it } from "vitest";
import { costs } from "../../tools/preview/cost.ts";
import { costTable } from "../../tools/preview/costTable.ts";
import { PRICES_AS_OF } from "../../tools/preview/prices.ts";
import { runStack, stackFile } from "../stacks/program.ts";

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
