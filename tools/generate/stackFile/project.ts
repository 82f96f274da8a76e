// The keys of Pulumi.yaml that Pulumi itself checks, before the program starts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { checkout } from "../../stack/checkout.ts";
import { defaultOf, settingsTree, type Setting } from "./tree.ts";

export const PROJECT_FILE = "Pulumi.yaml";

/** Pulumi.yaml with every section of a stack file: what stands before the first of them stays as it is. */
export function projectFile(): string {
  const text = readFileSync(join(checkout, PROJECT_FILE), "utf8");
  const { name } = load(text) as { name: string };
  const keys = [...settingsTree().keys].map(([key, setting]) => [`${name}:${key}`, keyOf(setting)] as const);
  const lines = dump(Object.fromEntries(keys), { lineWidth: 118 }).trimEnd().split("\n");
  const [before = ""] = text.split(new RegExp(`^  ${name}:`, "m"));
  return `${before}${lines.map((line) => `  ${line}`).join("\n")}\n`;
}

/** A section as Pulumi knows it: its type alone, and an empty one where it has no default. */
function keyOf(setting: Setting) {
  const { json, docs, items } = setting;
  const empty = { object: {}, array: [] }[String(json.type)];
  return {
    type: json.type,
    ...(items && { items: { type: items.json.type } }),
    description: docs.text,
    default: empty ?? defaultOf(setting).value,
  };
}
