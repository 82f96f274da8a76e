// make pull-request HEAD=<owner>:<branch> SHA=<commit>: the number of the open pull request that a run was for, as an output of a step
// of GitHub. The run of a fork cannot be asked: it would say what it likes.
import { pullRequestOf } from "./codeHost/github.ts";
import { githubApiIn } from "./codeHost/inWorkflow.ts";
import { command } from "./command.ts";

command(async () => {
  const { HEAD = "", SHA = "" } = process.env;
  const number = await pullRequestOf(githubApiIn(process.env, ["HEAD", "SHA"]), HEAD, SHA);
  // Empty where it is closed, or has another commit by now: there is nobody to tell.
  console.log(`number=${number ?? ""}`);
});
