import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { yamlExamples } from "../yamlExamples.ts";
import { everything } from "./everything.ts";
import { inStackFile } from "./stackFile.ts";

type Config = Readonly<Record<string, unknown>>;

const checkout = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(checkout, file), "utf8");
const configOf = (text: string) => (load(text) as { config: Config }).config;

/** Stack files and parts of such, as they stand. */
export const texts: readonly string[] = [
  ...["dev", "staging", "prod", "local"].map((stack) => read(`Pulumi.${stack}.yaml`)),
  ...["README", "docs/traffic", "docs/eks", "docs/observability", "docs/security"].flatMap((name) =>
    yamlExamples(read(`${name}.md`)),
  ),
];

/** Configurations of the stacks and of the documents. */
export const shown: readonly Config[] = [
  ...["dev", "staging", "prod", "local"].map((stack) => configOf(read(`Pulumi.${stack}.yaml`))),
  ...["traffic", "eks", "observability", "security"]
    .flatMap((name) => yamlExamples(read(`docs/${name}.md`)))
    .filter((example) => example.startsWith("config:"))
    .map(configOf),
];

/** Configurations that show every setting: those, and one that has them all. */
export const configurations: readonly Config[] = [...shown, inStackFile(everything)];
