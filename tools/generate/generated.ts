import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { policiesDocument } from "../policies/document.ts";
import { checkout } from "../stack/checkout.ts";
import { ruleIndex } from "./ruleIndex.ts";

/** The files that are made from others, by their paths, each with what makes its text. */
export const generated: Readonly<Record<string, () => Promise<string>>> = Object.fromEntries(
  Object.entries({
    "docs/policies.md": policiesDocument,
    "policies/rules/index.ts": ruleIndex,
  }).map(([name, text]) => {
    const file = join(checkout, name);
    return [file, async () => (file.endsWith(".md") ? text() : formatted(file, text()))];
  }),
);

async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
