// make pull-request HEAD=<owner>:<branch> SHA=<commit>: the number of the open pull request that a run was for, as an output of a step
// of GitHub. The run of a fork cannot be asked: it would say what it likes.
import { githubApi, pullRequestOf } from "./codeHost/github.ts";
import { command } from "./command.ts";

command(async () => {
  const { GITHUB_API_URL = "https://api.github.com", GITHUB_REPOSITORY = "", GITHUB_TOKEN = "" } = process.env;
  const { HEAD = "", SHA = "" } = process.env;
  const missing = Object.entries({ GITHUB_REPOSITORY, GITHUB_TOKEN, HEAD, SHA }).flatMap(([name, value]) =>
    value === "" ? [name] : [],
  );
  if (missing.length > 0) throw new Error(`set ${missing.join(", ")}: docs/pull-requests.md says what they hold`);
  const number = await pullRequestOf(githubApi(GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN), HEAD, SHA);
  // Empty where it is closed, or has another commit by now: there is nobody to tell.
  console.log(`number=${number ?? ""}`);
});
