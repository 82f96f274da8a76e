// What outside linters and schemas say of the files that others read: the workflows, the forms for issues, and mesh-check's SARIF.
// Costs half a minute.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { outcomeOf, run } from "../../lib/run.ts";
import { pipFolder } from "../../tools/pip.ts";
import { asSarif } from "../../policies/cli/sarif.ts";
import { BAD, run as meshCheck, scratch } from "../policies/cli/example.ts";
import { yamlExamples } from "../yamlExamples.ts";

const checkout = join(import.meta.dirname, "../..");
const files = scratch();
const workflows = readdirSync(join(checkout, ".github/workflows"));
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const GO_SARIF = "github.com/owenrumney/go-sarif/v3@v3.3.1";

it("pre-commit takes the hook and the example of docs/mesh-check.md", async () => {
  const { write } = files;
  const env = { PYTHONPATH: await pipFolder("pre-commit") };
  const examples = yamlExamples(readFileSync(join(checkout, "docs/mesh-check.md"), "utf8"));
  const config = write("config.yaml", examples.find((example) => example.startsWith("# .pre-commit")) ?? "");
  for (const args of [
    ["validate-manifest", ".pre-commit-hooks.yaml"],
    ["validate-config", config],
  ]) {
    const { exitCode, stdout } = await outcomeOf("python3", ["-m", "pre_commit", ...args], { cwd: checkout, env });
    expect(exitCode, stdout).toBe(0);
  }
});

it("actionlint finds nothing in the workflows", async () => {
  // Of what it calls for scripts, whatever the machine has: the same everywhere is nothing.
  const args = ["run", ACTIONLINT, "-shellcheck=", "-pyflakes="];
  const { exitCode, stdout, stderr } = await outcomeOf("go", args, { cwd: checkout });
  expect([exitCode, stdout], stderr).toEqual([0, ""]);
});

describe("check-jsonschema", () => {
  const { at, write } = files;
  let packages: string;
  beforeAll(async () => {
    packages = await pipFolder("check-jsonschema");
  });
  const check = (...args: readonly string[]) =>
    outcomeOf("python3", ["-m", "check_jsonschema", ...args], { cwd: checkout, env: { PYTHONPATH: packages } });

  it.each([
    ...workflows.map((name) => ["vendor.github-workflows", `.github/workflows/${name}`]),
    ["vendor.gitlab-ci", ".gitlab-ci.yml"],
    ["vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/bug.yaml"],
    ["vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/rule.yaml"],
    ["vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/feature.yaml"],
    ["vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"],
    ["vendor.renovate", "renovate.json"],
  ])("by %s, takes %s", async (schema, file) => {
    const { exitCode, stdout } = await check("--builtin-schema", schema, file);
    expect(exitCode, stdout).toBe(0);
  });

  it.each([
    ["vendor.github-workflows", "# .github/workflows/"],
    ["vendor.gitlab-ci", "# .gitlab-ci.yml"],
  ])("by %s, takes the example of docs/mesh-check.md", async (schema, begin) => {
    const examples = yamlExamples(readFileSync(join(checkout, "docs/mesh-check.md"), "utf8"));
    const file = write("example.yaml", examples.find((example) => example.startsWith(begin)) ?? "");
    const { exitCode, stdout } = await check("--builtin-schema", schema, file);
    expect(exitCode, stdout).toBe(0);
  });

  it("takes mesh-check's SARIF by OASIS's own schema, and refuses it without a version", async () => {
    const answer = await run("go", ["mod", "download", "-json", GO_SARIF], { cwd: checkout });
    const { Dir } = JSON.parse(answer) as { Dir: string };
    const source = readFileSync(join(Dir, "pkg/report/v210/sarif/schema.go"), "utf8");
    const schema = write("schema.json", /`(.*)`/s.exec(source)?.[1] ?? "");
    const { out } = meshCheck("--sarif", write("bad.yaml", BAD), write("broken.yaml", "a: [\n"));
    const wrong = JSON.stringify({ ...asSarif([], [], { remarks: [], exitCode: 0 }), version: undefined });
    for (const [name, text, code] of [
      ["right", out, 0],
      ["wrong", wrong, 1],
    ] as const) {
      writeFileSync(at(`${name}.sarif`), text);
      const { exitCode, stdout: said } = await check("--schemafile", schema, at(`${name}.sarif`));
      expect(exitCode, said).toBe(code);
    }
  });
});
