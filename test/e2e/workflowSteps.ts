// The commands of a job, one after the other, as a runner of the code host would run them.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { run } from "../../lib/run.ts";

type Env = Readonly<Record<string, string>>;

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly env?: Env;
        readonly steps: readonly { readonly run?: string; readonly if?: string; readonly env?: Env }[];
      }
    >
  >;
}

export interface Runner {
  /** The checkout. */
  readonly cwd: string;
  /** What the code host fills in, such as `vars.STACKS`; the rest is empty. */
  readonly context: Env;
  /** What its runner sets. */
  readonly env: Env;
}

/** Runs the steps that are commands, without those for a failure. Those that are actions are the code host's. */
export async function runSteps(file: string, job: string, { cwd, context, env }: Runner): Promise<void> {
  const found = (load(readFileSync(file, "utf8")) as Workflow).jobs[job];
  if (found === undefined) throw new Error(`there is no job ${job} in ${file}`);
  const filled = (own: Env = {}): Env =>
    Object.fromEntries(
      Object.entries(own).map(([key, text]) => [
        key,
        text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, name: string) => context[name] ?? ""),
      ]),
    );
  for (const step of found.steps) {
    if (step.run === undefined || step.if?.includes("failure()") === true) continue;
    const whole = { ...process.env, MAKEFLAGS: "", ...filled(found.env), ...filled(step.env), ...env };
    await run("bash", ["-e", "-o", "pipefail", "-c", step.run], { cwd, env: whole });
  }
}
