// make report: what a change does to traffic, and what else somebody who reviews it wants to know, for a pull request. STACKS names
// several stacks. ARGS=--json prints it for programs, ARGS=--html as a page, ARGS=--sarif its findings for a code host; ARGS="--log FILE"
// reads a preview that --event-log wrote down. MEASURE=1 puts the rules on a mesh of their own and says what requests came to;
// MEASURE=<context> does so on a cluster without a mesh.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { command } from "./command.ts";
import { renderedReleases } from "./preview/charts.ts";
import { eventsIn, stepsIn, type PreviewEvent, type Step } from "./preview/events.ts";
import { stackRates } from "./preview/rates.ts";
import { stackPreview } from "./preview/stackPreview.ts";
import { checkout } from "./stack/checkout.ts";
import { policyLevels } from "./stack/policyLevels.ts";
import { stackConfig, stackFilePath } from "./stack/stackFile.ts";
import { existingStack } from "./stack/stackName.ts";
import { measured } from "./measure/throwAway.ts";
import { inWords } from "../lib/systemError.ts";
import { html } from "../report/html.ts";
import { markdown } from "../report/markdown.ts";
import { measuredCounts, withMeasured, type Measured } from "../report/measured.ts";
import { noRates, type Rates } from "../report/rates.ts";
import { sarif, type Located } from "../report/sarif.ts";
import { linesInStackFile } from "../report/stackPlaces.ts";
import { forbiddingIn, stackReport, type StackReport } from "../report/stackReport.ts";

command(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      html: { type: "boolean", default: false },
      sarif: { type: "boolean", default: false },
      log: { type: "string" },
    },
  });
  const { STACK = "local", STACKS = "", CONTEXT = "", MEASURE = "" } = process.env;
  const names = STACKS.trim() === "" ? [STACK] : STACKS.trim().split(/\s+/);
  const reports: StackReport[] = [];
  const located: Located[] = [];
  for (const name of names) {
    const stack = existingStack(name);
    const { events, steps, rates } = values.log === undefined ? await previewed(stack, CONTEXT) : recorded(values.log);
    const releases = await renderedReleases(steps);
    const report = stackReport(stack, events, { levels: policyLevels(stack), releases, rates });
    const isToMeasure = MEASURE !== "" && report.changes > 0 && report.errors.length === 0;
    const whole = isToMeasure ? withMeasured(report, await measuredOn(stack, MEASURE)) : report;
    reports.push(whole);
    if (values.sarif) located.push({ report: whole, ...placesIn(stack, steps) });
  }
  const text = values.sarif
    ? `${JSON.stringify(sarif(located), null, 2)}\n`
    : values.json
      ? `${JSON.stringify(reports, null, 2)}\n`
      : values.html
        ? html(reports)
        : markdown(reports);
  process.stdout.write(text);
  // The report is what was asked for; that the change must not be merged is said by the exit code as well.
  const refused = reports.filter(
    ({ errors, findings, measured }) =>
      errors.length > 0 ||
      (measured !== undefined && measuredCounts(measured).wrong > 0) ||
      forbiddingIn(findings).length > 0,
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

interface Preview {
  readonly events: readonly PreviewEvent[];
  readonly steps: readonly Step[];
  readonly rates: Rates;
}

function recorded(log: string): Preview {
  const events = eventsIn(readFileSync(log, "utf8"));
  return { events, steps: stepsIn(events), rates: noRates("a log that was written down knows none") };
}

async function previewed(name: string, context: string): Promise<Preview> {
  const { stack, events, failure } = await stackPreview(name, context);
  if (events.length === 0 && failure !== undefined) throw failure;
  const steps = stepsIn(events);
  return { events, steps, rates: await stackRates(stack, steps) };
}

/** Where in the stack file each object comes from. */
function placesIn(stack: string, steps: readonly Step[]): Pick<Located, "file" | "placeOf"> {
  const path = stackFilePath(stack);
  const file = relative(checkout, path);
  const resources = steps.map((step) => ({ ...step, inputs: step.after ?? step.before }));
  const { config } = stackConfig(stack);
  return { file, placeOf: linesInStackFile(resources, { name: file, text: readFileSync(path, "utf8"), config }) };
}
