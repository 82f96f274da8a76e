// The commands of a job, one after the other, as a runner of the code host would run them.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { outcomeOf } from "../../lib/run.ts";

type Env = Readonly<Record<string, string>>;

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Env;
  readonly "continue-on-error"?: boolean;
}

interface Workflow {
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, { readonly env?: Env; readonly steps: readonly Step[] }>>;
}

export interface Runner {
  /** The checkout. */
  readonly cwd: string;
  /** What the code host fills in, such as `vars.STACKS`; the rest is empty. */
  readonly context: Env;
  /** What its runner sets. */
  readonly env: Env;
  /** Does what an action does, by its name and what it is given, and fails as it does; without it, actions do nothing. */
  readonly act?: (action: string, inputs: Env) => void;
}

export type Conclusion = "success" | "failure" | "skipped";

export interface Ran {
  readonly conclusion: Conclusion;
  /** By the name of the step, its id, or its command. */
  readonly steps: Readonly<Record<string, Conclusion>>;
  /** What the steps wrote for whoever looks at the run. */
  readonly summary: string;
  /** What they printed. */
  readonly output: string;
}

/** Runs a job to its end, however that may be. */
export async function runJob(file: string, job: string, { cwd, context, env, act }: Runner): Promise<Ran> {
  const workflow = load(readFileSync(file, "utf8")) as Workflow;
  const found = workflow.jobs[job];
  if (found === undefined) throw new Error(`there is no job ${job} in ${file}`);
  const folder = mkdtempSync(join(tmpdir(), "runner-"));
  const [summary, outputs] = [join(folder, "summary.md"), join(folder, "outputs")];
  writeFileSync(summary, "");
  // Without a name of its own, the shell has no pipefail.
  const shell = workflow.defaults?.run?.shell === "bash" ? ["--noprofile", "--norc", "-e", "-o", "pipefail"] : ["-e"];
  const steps: Record<string, Conclusion> = {};
  let conclusion: Conclusion = "success";
  let output = "";
  const values: Record<string, string> = { "runner.temp": folder, ...context };
  const filled = (own: Readonly<Record<string, unknown>> = {}): Env =>
    Object.fromEntries(
      Object.entries(own).map(([key, text]) => [
        key,
        String(text).replaceAll(/\$\{\{ (.*?) \}\}/g, (_, name: string) => values[name] ?? ""),
      ]),
    );
  try {
    for (const step of found.steps) {
      const name = step.name ?? step.id ?? step.run ?? step.uses ?? "";
      if (!holds(step.if, conclusion, values, cwd)) {
        if (step.run !== undefined) steps[name] = "skipped";
        continue;
      }
      writeFileSync(outputs, "");
      const own = { ...filled(found.env), ...filled(step.env), GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs };
      const { exitCode, stdout, stderr } =
        step.run === undefined
          ? acted(() => act?.(step.uses?.split("@")[0] ?? "", filled(step.with)))
          : await outcomeOf("bash", [...shell, "-c", step.run], {
              cwd,
              env: { ...process.env, MAKEFLAGS: "", ...own, ...env },
            });
      output += `${stdout}\n${stderr}\n`;
      const outcome = exitCode === 0 ? "success" : "failure";
      if (step.run !== undefined) steps[name] = outcome;
      const of = `steps.${step.id ?? ""}`;
      values[`${of}.outcome`] = outcome;
      values[`${of}.conclusion`] = step["continue-on-error"] === true ? "success" : outcome;
      for (const line of readFileSync(outputs, "utf8").split("\n").filter(Boolean)) {
        const [key = "", ...text] = line.split("=");
        values[`${of}.outputs.${key}`] = text.join("=");
      }
      if (values[`${of}.conclusion`] === "failure") conclusion = "failure";
    }
    return { conclusion, steps, summary: readFileSync(summary, "utf8"), output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function acted(act: () => void): { exitCode: number; stdout: string; stderr: string } {
  try {
    act();
    return { exitCode: 0, stdout: "", stderr: "" };
  } catch (error) {
    return { exitCode: 1, stdout: "", stderr: String(error) };
  }
}

/** Runs a job, which has to end well. */
export async function runSteps(file: string, job: string, runner: Runner): Promise<Ran> {
  const ran = await runJob(file, job, runner);
  if (ran.conclusion !== "success") throw new Error(`the job ${job} failed:\n${ran.output}`);
  return ran;
}

const STATUS: Readonly<Record<string, (conclusion: Conclusion) => boolean>> = {
  "always()": () => true,
  "!cancelled()": () => true,
  "success()": (conclusion) => conclusion === "success",
  "failure()": (conclusion) => conclusion === "failure",
};

/** As much of the code host's expressions as the workflows have: terms that all have to hold. */
function holds(condition: string | undefined, conclusion: Conclusion, values: Env, cwd: string): boolean {
  const terms = condition?.split(" && ") ?? [];
  const isAsked = terms.some((term) => term in STATUS);
  return [...(isAsked ? [] : ["success()"]), ...terms].every((term) => {
    const status = STATUS[term];
    if (status) return status(conclusion);
    const [, name = "", file, operator, other] = /^([\w.-]+|hashFiles\('(.*)'\)) (==|!=) '(.*)'$/.exec(term) ?? [];
    if (operator === undefined) throw new Error(`this runner does not know the condition ${term}`);
    const value = file === undefined ? values[name] : globSync(file, { cwd }).length > 0 ? "a hash" : "";
    return ((value ?? "") === other) === (operator === "==");
  });
}
