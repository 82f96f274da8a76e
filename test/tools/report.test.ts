import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../lib/run.ts";

const checkout = join(import.meta.dirname, "../..");
const log = join(import.meta.dirname, "preview/recorded/risky.jsonl");

describe("make report of a preview that was written down", () => {
  it.each([
    [[], "### `dev`: the internet gets 1 new way in"],
    [["--json"], '"verdict": "the internet gets 1 new way in'],
    [["--html"], "<h2>dev: the internet gets 1 new way in"],
    [["--sarif"], '"baselineState": "new"'],
  ])("%j", async (args, text) => {
    const { exitCode, stdout, stderr } = await outcomeOf(process.execPath, ["tools/report.ts", "--log", log, ...args], {
      cwd: checkout,
      env: { STACK: "dev", STACKS: "" },
    });
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(text);
  });
});
