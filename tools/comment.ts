// make comment FILE=report.md: the report as the one comment on a pull request, in a workflow of GitHub. The workflow's token has to be
// in GITHUB_TOKEN, the number of the pull request in PULL_REQUEST.
import { readFileSync } from "node:fs";
import { command } from "./command.ts";
import { comment } from "../report/comment.ts";
import { MARK } from "../report/markdown.ts";

command(async () => {
  const {
    FILE = "",
    GITHUB_API_URL = "https://api.github.com",
    GITHUB_REPOSITORY = "",
    GITHUB_TOKEN = "",
    PULL_REQUEST = "",
  } = process.env;
  const missing = Object.entries({ FILE, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST }).flatMap(([name, value]) =>
    value === "" ? [name] : [],
  );
  if (missing.length > 0) throw new Error(`set ${missing.join(", ")}: see .github/workflows/report.yaml`);
  const text = readFileSync(FILE, "utf8");
  if (!text.startsWith(MARK)) throw new Error(`${FILE} is no report: \`make -s report > ${FILE}\` writes one`);
  const place = {
    api: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    pullRequest: Number(PULL_REQUEST),
    token: GITHUB_TOKEN,
  };
  console.log(`the comment is ${await comment(place, MARK, text)}`);
});
