import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { policiesDocument } from "../policies/document";
import { checkout } from "../stack/checkout";
import { readDefinitions } from "./crds";
import { kindsText, shapesText, specsText } from "./istio";
import { ruleIndex } from "./ruleIndex";
import { scenarioIndex } from "./scenarioIndex";
import { settingsDocument } from "./stackFile/document";
import { SCHEMA_FILE, stackFileSchema } from "./stackFile/jsonSchema";

/** Files that are made from others, by their paths, each with what makes its text. */
export type Generated = Readonly<Record<string, () => Promise<string>>>;

/** The files that are made from others of the checkout. */
export const generated = inCheckout({
  "docs/policies.md": policiesDocument,
  "docs/settings.md": settingsDocument,
  [SCHEMA_FILE]: stackFileSchema,
  "policies/rules/index.ts": ruleIndex,
  "scenarios/index.ts": scenarioIndex,
});

/** The files that are made from what a folder with Istio's charts defines. */
export const generatedFrom = (charts: string): Generated =>
  inCheckout({
    "istio/generated/kinds.ts": () => kindsText(readDefinitions(charts)),
    "istio/generated/shapes.ts": () => shapesText(readDefinitions(charts)),
    "istio/generated/specs.ts": () => specsText(readDefinitions(charts)),
  });

function inCheckout(files: Readonly<Record<string, () => string | Promise<string>>>): Generated {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const file = join(checkout, name);
      return [file, async () => (file.endsWith(".md") ? text() : formatted(file, await text()))];
    }),
  );
}

async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
