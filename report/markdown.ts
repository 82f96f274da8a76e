// The report as a comment on a pull request.
import { markdownTable } from "../lib/markdownTable.ts";
import { fitted, type Part } from "./budget.ts";
import { chartLines, chartSummary } from "./charts/charts.ts";
import { findingCounts, findingText, type ReportedFinding } from "./findings.ts";
import { MEASURED_HEAD, measuredCounts, measuredRows, measuredSummary } from "./measured.ts";
import { rateText } from "./rates.ts";
import { changeText, counted, losingText, unreachedText, type StackReport } from "./stackReport.ts";
import type { Moved } from "./traffic.ts";

/** By which a workflow finds the comment again, to write it anew. */
export const MARK = "<!-- mesh-report -->";

/** How many rows are shown before they are folded away. */
const SHORT = 12;

/** One comment for all stacks. */
export function markdown(reports: readonly StackReport[], limit?: number): string {
  const [only, ...more] = reports;
  const parts = only !== undefined && more.length === 0 ? stackParts(only) : severalParts(reports);
  return `${fitted([{ versions: [MARK] }, ...parts], limit === undefined ? undefined : limit - 1)}\n`;
}

function severalParts(reports: readonly StackReport[]): Part[] {
  const rows = reports.map(({ stack, verdict, changes, findings }) => [
    code(stack),
    cell(verdict),
    String(changes),
    findings.length === 0 ? "none" : findingCounts(findings),
  ]);
  return [
    { versions: [markdownTable(["Stack", "Verdict", "Changes", "Findings"], rows)] },
    ...reports.filter(({ changes, errors }) => changes > 0 || errors.length > 0).flatMap(stackParts),
  ];
}

function stackParts(report: StackReport): Part[] {
  const {
    stack,
    verdict,
    traffic,
    attention,
    findings,
    counts,
    resources,
    reach,
    cost,
    time,
    errors,
    undecided,
    charts,
  } = report;
  return [
    { versions: [`### ${code(stack)}: ${cell(verdict)}`] },
    list("The preview fails", errors),
    forbiddenPart(findings),
    list("Look at these first", attention),
    ...trafficParts(traffic.moved),
    measuredPart(report.measured),
    list("No more requests", losingText(traffic)),
    list("Reached by nobody", report.changes === 0 ? [] : unreachedText(traffic)),
    findingsPart(findings, report.changes),
    chartsPart(charts),
    list("Reachable from the internet", reach),
    list(
      "Cost",
      cost.slice(0, 1).map((line) => line.replace(/:$/, "")),
    ),
    list("Time", time),
    list("Not decidable", undecided),
    resources.length === 0
      ? { versions: [""] }
      : {
          versions: [
            details(`Resources: ${counts.join(", ")}`, bullets(resources.map(changeText))),
            `Resources: ${cell(counts.join(", "))}`,
          ],
        },
  ];
}

function trafficParts(moved: readonly Moved[]): Part[] {
  if (moved.length === 0) return [];
  const rows = moved.map(({ host, port, requests, before, after, isLost, ...who }) => [
    code(`${host}:${port}`),
    cell(`${whoText(who.clients)}${rateText(who)}`),
    cell(shortened(requests)),
    cell(before),
    `${isLost ? "⚠ " : ""}**${cell(after)}**`,
  ]);
  const whole = markdownTable(["Host", "From", "Requests", "Before", "After"], rows);
  const hosts = [...new Set(moved.map(({ host }) => host))];
  return [
    {
      versions: [
        rows.length <= SHORT
          ? `**Traffic**\n\n${whole}`
          : details(`Traffic: ${counted(rows.length, "kind")} of requests`, whole),
        `**Traffic** moves at ${hosts.map(cell).join(", ")}`,
        `**Traffic** moves at ${counted(hosts.length, "host")}`,
      ],
    },
    { versions: [moved.length <= SHORT ? picture(moved) : "", ""] },
  ];
}

const whoText = (clients: readonly string[]) => (clients.length === 0 ? "everybody in the mesh" : shortened(clients));

/** The first few of a list, and how many more. */
function shortened(items: readonly string[]): string {
  const shown = items.slice(0, 4).join("; ");
  return items.length > 4 ? `${shown}; and ${items.length - 4} more` : shown;
}

/** Who goes where, before and after. */
function picture(moved: readonly Moved[]): string {
  const lines = moved.flatMap(({ host, clients, requests, before, after }, index) => [
    `  c${index}[${label(`${whoText(clients)}: ${shortened(requests)}`)}] --> h${index}([${label(host)}])`,
    `  h${index} -. before .-> b${index}[${label(before)}]`,
    `  h${index} == after ==> a${index}[${label(after)}]`,
  ]);
  return ["```mermaid", "flowchart LR", ...lines, "```"].join("\n");
}

/** What was measured; folded away where it is long and all of it holds. */
function measuredPart(measured: StackReport["measured"]): Part {
  if (measured === undefined) return { versions: [""] };
  const summary = measuredSummary(measured);
  const rows = measuredRows(measured).map((cells) => cells.map(cell));
  if (rows.length === 0) return { versions: [`**${cell(summary)}**`] };
  const whole = markdownTable(MEASURED_HEAD, rows);
  const isOpen = rows.length <= SHORT || measuredCounts(measured).wrong > 0;
  const folded = details(summary, whole);
  return { versions: [isOpen ? `**${cell(summary)}**\n\n${whole}` : folded, folded, `**${cell(summary)}**`] };
}

/** What the change must not bring stands on top. */
function forbiddenPart(findings: readonly ReportedFinding[]): Part {
  return list("Forbidden by a rule, and new", findings.filter(isNewAndForbidden).map(findingText));
}

const isNewAndForbidden = ({ state, level }: ReportedFinding) => state === "new" && level === "mandatory";

function findingsPart(findings: readonly ReportedFinding[], changes: number): Part {
  if (findings.length === 0) return { versions: [""] };
  const told = findings.filter((finding) => finding.state !== "before" && !isNewAndForbidden(finding));
  const before = findings.filter(({ state }) => state === "before");
  const title = `**Policies**: ${findingCounts(findings)}`;
  const lines = bullets(told.map((finding) => `${finding.state}: ${findingText(finding)}`));
  const names = bullets(told.map(({ state, rule, resource }) => `${state}: ${rule} (${resource})`));
  const shown = told.length <= SHORT ? lines : details("New and fixed", lines);
  const forbidding = before.filter(({ level }) => level === "mandatory").length;
  const summary = `${before.length} as before${forbidding === 0 ? "" : `, ${forbidding} of them mandatory`}`;
  // Where nothing changes, their number is enough, unless they forbid it.
  const isShort = before.length === 0 || (changes === 0 && forbidding === 0);
  const folded = isShort ? "" : details(summary, bullets(before.map(findingText)));
  const joined = (...parts: readonly string[]) => parts.filter((part) => part !== "").join("\n\n");
  return {
    versions: [
      joined(title, shown, folded),
      joined(title, shown),
      joined(title, told.length === 0 ? "" : details("New and fixed", names)),
      title,
    ],
  };
}

function chartsPart(charts: StackReport["charts"]): Part {
  if (charts.length === 0) return { versions: [""] };
  const told = charts.map((chart) => {
    const lines = chartLines(chart);
    return lines.length === 0 ? bullets([chartSummary(chart)]) : details(chartSummary(chart), bullets(lines));
  });
  const summaries = bullets(charts.map(chartSummary));
  return {
    versions: [`**Charts**\n\n${told.join("\n\n")}`, `**Charts**\n\n${summaries}`, `**Charts**: ${charts.length}`],
  };
}

function list(title: string, lines: readonly string[]): Part {
  if (lines.length === 0) return { versions: [""] };
  return { versions: [`**${title}**\n\n${bullets(lines)}`, `**${title}**: ${lines.length}`] };
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${cell(line)}`).join("\n");

const details = (summary: string, content: string) =>
  `<details><summary>${cell(summary)}</summary>\n\n${content}\n\n</details>`;

/** A text that stands for itself: no markup, no mention, no line of its own. */
export function cell(text: string): string {
  return text
    .replaceAll(CONTROL, " ")
    .replaceAll(/[\\`*_[\]|~#!]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;");
}

/** Characters that would end a line, or say something to a terminal. */
const CONTROL = /\p{Cc}+/gu;

const code = (text: string) => `\`${text.replaceAll(CONTROL, " ").replaceAll(/[`|]/g, " ")}\``;

/** A text in a picture. */
const label = (text: string) =>
  `"${text
    .replaceAll(CONTROL, " ")
    .replaceAll("#", "#35;")
    .replaceAll('"', "#quot;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;")
    .replaceAll("`", "#96;")
    .replaceAll("@", "#64;")}"`;
