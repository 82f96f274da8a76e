// policies/rules/index.ts, from the folders: a rule is a file policies/rules/<kind>/<id>.ts that exports one of its name.
import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export const RULES = join(import.meta.dirname, "../../policies/rules");

/** The files of rules, as `<kind>/<id>`, in order. */
export function ruleFiles(): string[] {
  return globSync("*/*.ts", { cwd: RULES })
    .map((file) => file.replaceAll("\\", "/").replace(/\.ts$/, ""))
    .sort();
}

/** The text of the index. */
export function ruleIndex(): string {
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
export const nameOf = (file: string): string =>
  basename(file).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const quoted = (name: string) => (name.includes("-") ? JSON.stringify(name) : name);
