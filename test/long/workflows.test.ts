// The workflows by actionlint, which knows GitHub's syntax, expressions and runners. Costs a quarter of a minute.
import { join } from "node:path";
import { expect, it } from "vitest";
import { outcomeOf } from "../../lib/run.ts";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

it("actionlint finds nothing", async () => {
  // Of what it calls for scripts, whatever the machine has: the same everywhere is nothing.
  const args = ["run", ACTIONLINT, "-shellcheck=", "-pyflakes="];
  const { exitCode, stdout, stderr } = await outcomeOf("go", args, { cwd: join(import.meta.dirname, "../..") });
  expect([exitCode, stdout], stderr).toEqual([0, ""]);
});
