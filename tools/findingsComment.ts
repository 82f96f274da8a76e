// make findings-comment FILE=mesh.sarif: what mesh-check found, as the one comment on a pull request, in a workflow of GitHub or GitLab.
import { readFileSync, statSync } from "node:fs";
import { codeHostIn, pullRequestIn } from "./codeHost/inWorkflow.ts";
import { command } from "./command.ts";
import { FINDINGS_MARK, findingsComment } from "../report/findingsComment.ts";

/** Anybody may have written the file: more than this is none of mesh-check's, in bytes. */
const LARGEST = 50_000_000;

command(async () => {
  const { FILE = "" } = process.env;
  const host = codeHostIn(process.env, ["FILE"]);
  const pullRequest = pullRequestIn(process.env);
  if (statSync(FILE).size > LARGEST) throw new Error(`${FILE} is larger than any report of mesh-check`);
  const text = findingsComment(readFileSync(FILE, "utf8"));
  console.log(`the comment is ${await host.comment(pullRequest, FINDINGS_MARK, text)}`);
});
