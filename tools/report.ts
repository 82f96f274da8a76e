// make report: what a change does to traffic, and what else somebody who reviews it wants to know, for a pull request. STACKS names
// several stacks. ARGS=--json prints it for programs, ARGS=--html as a page; ARGS="--log FILE" reads a preview that --event-log wrote down.
// MEASURE=1 puts the rules on a mesh of their own and says what requests came to; MEASURE=<context> does so on a cluster without a mesh.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { command } from "./command.ts";
import { eventsIn, type PreviewEvent } from "./preview/events.ts";
import { stackPreview } from "./preview/stackPreview.ts";
import { existingStack } from "./stack/stackName.ts";
import { measured } from "./measure/throwAway.ts";
import { inWords } from "../lib/systemError.ts";
import { html } from "../report/html.ts";
import { markdown } from "../report/markdown.ts";
import { measuredCounts, withMeasured, type Measured } from "../report/measured.ts";
import { stackReport } from "../report/stackReport.ts";

command(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      html: { type: "boolean", default: false },
      log: { type: "string" },
    },
  });
  const { STACK = "local", STACKS = "", CONTEXT = "", MEASURE = "" } = process.env;
  const names = STACKS.trim() === "" ? [STACK] : STACKS.trim().split(/\s+/);
  const reports = [];
  for (const name of names) {
    const stack = existingStack(name);
    const events =
      values.log === undefined ? await previewed(stack, CONTEXT) : eventsIn(readFileSync(values.log, "utf8"));
    const report = stackReport(stack, events);
    const isToMeasure = MEASURE !== "" && report.changes > 0 && report.errors.length === 0;
    reports.push(isToMeasure ? withMeasured(report, await measuredOn(stack, MEASURE)) : report);
  }
  const text = values.json ? `${JSON.stringify(reports, null, 2)}\n` : values.html ? html(reports) : markdown(reports);
  process.stdout.write(text);
  // The report is what was asked for; that the change must not be merged is said by the exit code as well.
  const refused = reports.filter(
    ({ errors, findings, measured }) =>
      errors.length > 0 ||
      (measured !== undefined && measuredCounts(measured).wrong > 0) ||
      findings.some(({ level }) => level === "mandatory"),
  );
  if (refused.length > 0) throw new Error(`not to be merged as it is: ${refused.map(({ stack }) => stack).join(", ")}`);
});

/** What the stack's rules come to on a mesh of their own. A mesh that cannot be had is no reason to have no report. */
async function measuredOn(stack: string, where: string): Promise<Measured> {
  try {
    return { findings: await measured(stack, where === "1" ? undefined : where) };
  } catch (error) {
    return { findings: [], problem: inWords(error) };
  }
}

async function previewed(name: string, context: string): Promise<readonly PreviewEvent[]> {
  const { events, failure } = await stackPreview(name, context);
  if (events.length === 0 && failure !== undefined) throw failure;
  return events;
}
