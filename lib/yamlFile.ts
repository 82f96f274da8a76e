import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";

/** What a YAML file says, or why it says nothing, in words that quote nothing of it: it may hold secrets. */
export function readYaml(file: string): { readonly value: unknown } | { readonly broken: string } {
  const text = readFileSync(file, "utf8");
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return { value: document.toJS() };
  const line = error.linePos?.[0].line ?? text.slice(0, error.pos[0]).split("\n").length;
  return { broken: `line ${line}: this is not YAML (${error.code.toLowerCase().replaceAll("_", " ")})` };
}
