// make drift-issue FILE=drift.json: the issue about what is not as it was deployed, opened or written anew; closed where there is nothing.
import { readFileSync } from "node:fs";
import { codeHostIn } from "./codeHost/inWorkflow.ts";
import { command } from "./command.ts";
import { driftMark, driftText, driftTitle, type Drift } from "../report/drift.ts";

command(async () => {
  const { FILE = "" } = process.env;
  const host = codeHostIn(process.env, ["FILE"]);
  const drift = read(FILE);
  console.log(`the issue is ${await host.issue(driftMark(drift.stack), driftTitle(drift), driftText(drift))}`);
});

function read(file: string): Drift {
  const text = readFileSync(file, "utf8");
  try {
    const drift = JSON.parse(text) as Partial<Drift>;
    if (typeof drift.stack === "string" && Array.isArray(drift.drifted)) return drift as Drift;
  } catch {
    // Cut short, or empty, where the stack could not be looked at.
  }
  throw new Error(`${file} does not say what drifted: \`make -s drift ARGS=--json > ${file}\` writes it`);
}
