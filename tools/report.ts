// make report: what a change does to traffic, and what else somebody who reviews it wants to know, for a pull request. STACKS names
// several stacks. ARGS=--json prints it for programs, ARGS=--html as a page; ARGS="--log FILE" reads a preview that --event-log wrote down.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { command } from "./command.ts";
import { eventsIn, type PreviewEvent } from "./preview/events.ts";
import { stackPreview } from "./preview/stackPreview.ts";
import { existingStack } from "./stack/stackName.ts";
import { html } from "../report/html.ts";
import { markdown } from "../report/markdown.ts";
import { stackReport } from "../report/stackReport.ts";

command(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      html: { type: "boolean", default: false },
      log: { type: "string" },
    },
  });
  const { STACK = "local", STACKS = "", CONTEXT = "" } = process.env;
  const names = STACKS.trim() === "" ? [STACK] : STACKS.trim().split(/\s+/);
  const reports = [];
  for (const name of names) {
    const stack = existingStack(name);
    const events =
      values.log === undefined ? await previewed(stack, CONTEXT) : eventsIn(readFileSync(values.log, "utf8"));
    reports.push(stackReport(stack, events));
  }
  const text = values.json ? `${JSON.stringify(reports, null, 2)}\n` : values.html ? html(reports) : markdown(reports);
  process.stdout.write(text);
  // The report is what was asked for; that the change must not be merged is said by the exit code as well.
  const refused = reports.filter(
    ({ errors, findings }) => errors.length > 0 || findings.some(({ level }) => level === "mandatory"),
  );
  if (refused.length > 0) throw new Error(`not to be merged as it is: ${refused.map(({ stack }) => stack).join(", ")}`);
});

async function previewed(name: string, context: string): Promise<readonly PreviewEvent[]> {
  const { events, failure } = await stackPreview(name, context);
  if (events.length === 0 && failure !== undefined) throw failure;
  return events;
}
