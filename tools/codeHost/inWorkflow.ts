// The code host in whose workflow this runs, by what its runner sets.
import type { CodeHost } from "./codeHost.ts";
import type { Api } from "./api.ts";
import { github, githubApi } from "./github.ts";
import { gitlab } from "./gitlab.ts";

type Env = Readonly<Record<string, string | undefined>>;

const GITHUB_ONLY = ["GITHUB_REPOSITORY", "GITHUB_TOKEN"] as const;
const GITLAB_ONLY = ["CI_API_V4_URL", "CI_PROJECT_ID", "GITLAB_TOKEN"] as const;

/**
 * @param needed variables that have to be there besides
 * @throws Error that names what is not set
 */
export function codeHostIn(env: Env, needed: readonly string[] = []): CodeHost {
  const isGitlab = Boolean(env.GITLAB_CI);
  if (!isGitlab) return github(githubApiIn(env, needed));
  requireAll(env, [...needed, ...GITLAB_ONLY]);
  const { CI_API_V4_URL = "", CI_PROJECT_ID = "", GITLAB_TOKEN = "" } = env;
  return gitlab(CI_API_V4_URL, CI_PROJECT_ID, GITLAB_TOKEN);
}

/** GitHub's API, for what GitLab has no need of. */
export function githubApiIn(env: Env, needed: readonly string[] = []): Api {
  requireAll(env, [...needed, ...GITHUB_ONLY]);
  const { GITHUB_API_URL = "https://api.github.com", GITHUB_REPOSITORY = "", GITHUB_TOKEN = "" } = env;
  return githubApi(GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN);
}

function requireAll(env: Env, names: readonly string[]): void {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`set ${missing.join(", ")}: docs/pull-requests.md says what they hold`);
}

/** The number of the pull request that the run is for. */
export function pullRequestIn(env: Env): number {
  const name = env.GITLAB_CI ? "CI_MERGE_REQUEST_IID" : "PULL_REQUEST";
  const number = env[name] ?? "";
  if (!/^[1-9]\d{0,9}$/.test(number)) throw new Error(`${name} must be the number of a pull request`);
  return Number(number);
}
