// scenarios/index.ts, from the folder: a scenario is a file scenarios/<id>.ts that exports one of its name.
import { globSync } from "node:fs";
import { join } from "node:path";
import { nameOf } from "./ruleIndex.ts";

const OTHERS = ["index", "scenario", "scenarioOf"];

/** The ids of the scenarios, in order. */
export function scenarioFiles(): string[] {
  return globSync("*.ts", { cwd: join(import.meta.dirname, "../../scenarios") })
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((id) => !OTHERS.includes(id))
    .sort();
}

/** The text of the index. */
export function scenarioIndex(): string {
  const ids = scenarioFiles();
  return [
    "// Made by `make generate` from the files in this folder; a test holds it to them.",
    ...ids.map((id) => `import { ${nameOf(id)} } from "./${id}.ts";`),
    'import type { Scenario } from "./scenario.ts";',
    "",
    "/** All scenarios, by their ids. */",
    `export const scenarios: readonly Scenario[] = [${ids.map(nameOf).join(", ")}];`,
    "",
  ].join("\n");
}
