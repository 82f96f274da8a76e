// Lists of the files in a folder: a rule is policies/rules/<kind>/<id>.ts, a scenario is scenarios/<id>.ts, and each exports one of
// its name.
import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkout } from "../stack/checkout.ts";
import { inCheckout } from "./files.ts";

const RULES = join(checkout, "policies/rules");

/** The files of rules, as `<kind>/<id>`, in order. */
export function ruleFiles(): string[] {
  return globSync("*/*.ts", { cwd: RULES })
    .map((file) => file.replaceAll("\\", "/").replace(/\.ts$/, ""))
    .sort();
}

/** The text of the index of rules. */
function ruleIndex(): string {
  const files = ruleFiles();
  const folders = [...Map.groupBy(files, dirname)];
  return [
    "// Made by `make generate` from the files in this folder; a test holds it to them.",
    'import { asIstioctl } from "../engine/asIstioctl.ts";',
    'import type { Rule } from "../engine/rule.ts";',
    ...files.map((file) => `import { ${nameOf(file)} } from "./${file}.ts";`),
    "",
    "/** The rules by the folder that they are in: what they are about. */",
    "export const rulesByKind = {",
    ...folders.map(([folder, inside]) => `  ${quoted(folder)}: [${inside.map(nameOf).join(", ")}],`),
    "} as const satisfies Record<string, readonly Rule[]>;",
    "",
    "export const rules: readonly Rule[] = Object.values(rulesByKind).flat().map(asIstioctl);",
    "",
  ].join("\n");
}

/** The name that a file exports: its own in camel case. */
const nameOf = (file: string): string => basename(file).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const quoted = (name: string) => (name.includes("-") ? JSON.stringify(name) : name);

const OTHERS = ["index", "scenario", "scenarioOf"];

/** The ids of the scenarios, in order. */
export function scenarioFiles(): string[] {
  return globSync("*.ts", { cwd: join(checkout, "scenarios") })
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((id) => !OTHERS.includes(id))
    .sort();
}

/** The text of the index of scenarios. */
function scenarioIndex(): string {
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

/** The indexes that are made from them. */
export const indexes = inCheckout({
  "policies/rules/index.ts": ruleIndex,
  "scenarios/index.ts": scenarioIndex,
});
