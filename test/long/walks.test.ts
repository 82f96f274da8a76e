// The pages that lead somebody by the hand, walked as they stand: each command is run, each change made, and each output that a page
// shows has to come. On the testbed, or on the cluster that TEST_CONTEXT names. Costs about six minutes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { outcomeOf, run } from "../../lib/run.ts";
import { Clone } from "../e2e/clone.ts";

const PAGES = ["getting-started", "operations"];

/** What a page says to do, in its order. */
type Step =
  | { readonly does: "run"; readonly command: string; readonly fails: boolean; shows: string }
  | { readonly does: "write"; readonly config: Record<string, unknown> };

/** Commands are marked sh; one that is meant to fail says so behind a #. A block without a mark is what the command before it shows. */
function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  for (const [, mark = "", body = ""] of page.matchAll(/^```(\w*)\n(.*?)^```/gms)) {
    const last = steps.at(-1);
    if (mark === "sh") {
      for (const line of body.trim().split("\n")) {
        const [command = "", remark = ""] = line.split(/\s+# /);
        steps.push({ does: "run", command, fails: /^fails\b/.test(remark), shows: "" });
      }
    } else if (mark === "yaml") {
      const { config } = load(body) as { config: Record<string, unknown> };
      steps.push({ does: "write", config });
    } else if (mark === "" && last?.does === "run") last.shows = body;
    else if (mark !== "mermaid") throw new Error(`a block marked “${mark}” is nothing to walk by:\n${body}`);
  }
  return steps;
}

/** The lines of a page that no line of the output has, in the order of both. A page has … for what is different every time. */
function notShown(shown: string, output: string): string[] {
  const squeezed = (text: string) => text.replaceAll(/\s+/g, " ").trim();
  const lines = output.split("\n").map(squeezed);
  let next = 0;
  return shown.split("\n").filter((line) => {
    const parts = squeezed(line).split("…");
    const index = lines.findIndex((candidate, at) => at >= next && hasAll(candidate, parts));
    if (index >= 0) next = index + 1;
    return index < 0;
  });
}

/** Whether the text has the parts, one after the other. */
function hasAll(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = text.indexOf(part.trim(), from);
    from = at + part.trim().length;
    return at >= 0;
  });
}

describe.each(PAGES)("docs/%s.md", (name) => {
  let clone: Clone;
  // Of a cluster that is not the testbed, as make gives it to the tools.
  const CONTEXT = process.env.TEST_CONTEXT ?? "";
  beforeAll(async () => {
    clone = await Clone.of({ CONTEXT });
    const git = (...args: string[]) => run("git", args, { cwd: clone.folder });
    await git("init", "--quiet", "--initial-branch=main");
    await git("add", ".");
    await git("-c", "user.name=walker", "-c", "user.email=walker@example.com", "commit", "--quiet", "-m", "A checkout");
  });
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  const page = readFileSync(join(import.meta.dirname, `../../docs/${name}.md`), "utf8");
  const steps = stepsOf(page).map((step, index) => ({
    title: `${index + 1}. ${step.does === "run" ? step.command : `set ${Object.keys(step.config).join(", ")}`}`,
    step,
  }));

  it.each(steps)("$title", async ({ step }) => {
    if (step.does === "write") {
      clone.configure((config) => ({ ...config, ...step.config }));
      return;
    }
    const env = { MAKEFLAGS: "", ARGS: "", STACK: "local", CONTEXT };
    const { exitCode, stdout, stderr } = await outcomeOf("bash", ["-c", step.command], { cwd: clone.folder, env });
    expect(exitCode !== 0, `${stdout}${stderr}`).toBe(step.fails);
    expect(notShown(step.shows, `${stdout}\n${stderr}`), `${stdout}${stderr}`).toEqual([]);
  });
});
