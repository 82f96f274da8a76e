// A job of .gitlab-ci.yml, as a runner of GitLab would run it.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { outcomeOf, type Outcome } from "../../lib/run.ts";

type Env = Readonly<Record<string, string>>;

export interface GitlabJob {
  readonly extends?: string;
  readonly stage?: string;
  readonly timeout?: string;
  readonly environment?: string;
  readonly resource_group?: string;
  readonly variables?: Env;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if?: string }[];
}

/** The jobs of the file, each with what it extends; a name that begins with a dot is no job. */
export function gitlabJobs(file: string): Readonly<Record<string, GitlabJob>> {
  const content = load(readFileSync(file, "utf8")) as Readonly<Record<string, GitlabJob>>;
  const whole = (job: GitlabJob): GitlabJob => {
    const base = job.extends === undefined ? {} : whole(content[job.extends] ?? {});
    return { ...base, ...job, variables: { ...base.variables, ...job.variables } };
  };
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, job]) =>
      job.stage !== undefined && !name.startsWith(".") ? [[name, whole(job)]] : [],
    ),
  );
}

/**
 * Runs the commands of a job, which stops at the first that fails.
 * @param env what GitLab and the project's settings give
 */
export async function runGitlabJob(file: string, name: string, cwd: string, env: Env): Promise<Outcome> {
  const { variables = {}, before_script = [], script = [] } = gitlabJobs(file)[name] ?? {};
  if (script.length === 0) throw new Error(`there is no job ${name} in ${file}`);
  const filled = Object.fromEntries(
    Object.entries(variables).map(([key, text]) => [
      key,
      text.replaceAll(/\$\{?(\w+)\}?/g, (_, variable: string) => env[variable] ?? ""),
    ]),
  );
  const commands = ["set -eo pipefail", ...before_script, ...script].join("\n");
  return outcomeOf("bash", ["-c", commands], { cwd, env: { ...process.env, MAKEFLAGS: "", ...env, ...filled } });
}
