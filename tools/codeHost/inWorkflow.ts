// The code host in whose workflow this runs, by what its runner sets.
import type { CodeHost } from "./codeHost.ts";
import { github } from "./github.ts";
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
  const missing = [...needed, ...(isGitlab ? GITLAB_ONLY : GITHUB_ONLY)].filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`set ${missing.join(", ")}: docs/pull-requests.md says what they hold`);
  const { GITHUB_API_URL = "https://api.github.com", GITHUB_REPOSITORY = "", GITHUB_TOKEN = "" } = env;
  const { CI_API_V4_URL = "", CI_PROJECT_ID = "", GITLAB_TOKEN = "" } = env;
  return isGitlab
    ? gitlab(CI_API_V4_URL, CI_PROJECT_ID, GITLAB_TOKEN)
    : github(GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN);
}

/** The number of the pull request that the run is for. */
export function pullRequestIn(env: Env): number {
  const name = env.GITLAB_CI ? "CI_MERGE_REQUEST_IID" : "PULL_REQUEST";
  const number = env[name] ?? "";
  if (!/^[1-9]\d{0,9}$/.test(number)) throw new Error(`${name} must be the number of a pull request`);
  return Number(number);
}
