// The rule of eslint.config.mjs that keeps values from shells.
import { ESLint, Linter } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

const RULE = "no-restricted-syntax";

interface Config {
  readonly rules: Linter.RulesRecord;
}

describe("ESLint", () => {
  let rules: Linter.RulesRecord;
  beforeAll(async () => {
    const all = ((await new ESLint().calculateConfigForFile("tools/run.ts")) as Config).rules;
    const rule = all[RULE];
    if (rule === undefined) throw new Error(`eslint.config.mjs has no rule ${RULE}`);
    rules = { [RULE]: rule };
  });
  const said = (code: string) => new Linter().verify(code, [{ rules }]).map(({ message }) => message);

  it.each([
    'import { exec } from "node:child_process";',
    'child_process.execSync("a")',
    'spawn("a", [], { shell: true })',
    'spawn("/bin/sh", ["-c", `a ${b}`])',
    'run("sh", ["-c", line])',
    'run("bash", ["-c", a + b])',
  ])("refuses %s", (code) => {
    expect(said(code)).toEqual([expect.stringMatching(/^no shell/)]);
  });

  it.each(['run("sh", ["-c", `command -v "$0"`, program])', 'install("/bin/dash", root, "/bin/sh")', "/a/.exec(text)"])(
    "accepts %s",
    (code) => {
      expect(said(code)).toEqual([]);
    },
  );
});
