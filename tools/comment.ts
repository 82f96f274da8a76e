// make comment FILE=report.md: the report as the one comment on a pull request, in a workflow of GitHub or GitLab.
import { readFileSync } from "node:fs";
import { codeHostIn, pullRequestIn } from "./codeHost/inWorkflow.ts";
import { command } from "./command.ts";
import { MARK } from "../report/markdown.ts";

command(async () => {
  const { FILE = "" } = process.env;
  const host = codeHostIn(process.env, ["FILE"]);
  const text = readFileSync(FILE, "utf8");
  if (!text.startsWith(MARK)) throw new Error(`${FILE} is no report: \`make -s report > ${FILE}\` writes one`);
  console.log(`the comment is ${await host.comment(pullRequestIn(process.env), MARK, text)}`);
});
