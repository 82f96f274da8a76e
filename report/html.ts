// The report as one page that needs nothing beside it.
import { chartLines, chartSummary } from "./charts/charts.ts";
import { findingCounts, findingText, type ReportedFinding } from "./findings.ts";
import { MEASURED_HEAD, measuredRows, measuredSummary, type Measured } from "./measured.ts";
import { rateText } from "./rates.ts";
import { changeText, losingText, unreachedText, type StackReport } from "./stackReport.ts";
import type { Moved } from "./traffic.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --bad: #c4281c; --good: #2a6fdb; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #8ab4f8; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.lost { color: var(--bad); font-weight: 600; }
svg { width: 100%; height: 10px; display: block; margin-top: .3rem; }
details { margin: 1rem 0; }
`;

/** One page for all stacks. */
export function html(reports: readonly StackReport[]): string {
  const overview = reports.length < 2 ? "" : list(reports.map(({ stack, verdict }) => `${stack}: ${verdict}`));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What the change does to traffic</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What the change does to traffic</h1>
${overview}${reports.map(stackHtml).join("\n")}
</body>
</html>
`;
}

function stackHtml(report: StackReport): string {
  const {
    stack,
    verdict,
    traffic,
    attention,
    findings,
    resources,
    reach,
    cost,
    time,
    errors,
    counts,
    undecided,
    charts,
  } = report;
  return [
    `<h2>${escaped(stack)}: ${escaped(verdict)}</h2>`,
    section("The preview fails", errors),
    section("Look at these first", attention),
    traffic.moved.length === 0 ? "" : trafficHtml(traffic.moved),
    report.measured === undefined ? "" : measuredHtml(report.measured),
    section("No more requests", losingText(traffic)),
    section("Reached by nobody", report.changes === 0 ? [] : unreachedText(traffic)),
    findingsHtml(findings),
    chartsHtml(charts),
    section("Reachable from the internet", reach),
    section("Cost", cost),
    section("Time", time),
    section("Not decidable", undecided),
    resources.length === 0 ? "" : folded(`Resources: ${counts.join(", ")}`, list(resources.map(changeText))),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function measuredHtml(measured: Measured): string {
  const rows = measuredRows(measured).map(
    (cells) =>
      `<tr>${cells.map((text) => `<td${text.startsWith("wrong") ? ' class="lost"' : ""}>${escaped(text)}</td>`).join("")}</tr>`,
  );
  return `<h3>${escaped(measuredSummary(measured))}</h3>${rows.length === 0 ? "" : table(MEASURED_HEAD, rows)}`;
}

function findingsHtml(findings: readonly ReportedFinding[]): string {
  if (findings.length === 0) return "";
  const of = (state: ReportedFinding["state"]) =>
    findings.filter((finding) => finding.state === state).map(findingText);
  const before = of("before");
  return [
    `<h3>Policies: ${findingCounts(findings)}</h3>`,
    list([...of("new").map((text) => `new: ${text}`), ...of("fixed").map((text) => `fixed: ${text}`)]),
    before.length === 0 ? "" : folded(`${before.length} as before`, list(before)),
  ].join("");
}

function chartsHtml(charts: StackReport["charts"]): string {
  if (charts.length === 0) return "";
  const told = charts.map((chart) => {
    const lines = chartLines(chart);
    return lines.length === 0 ? list([chartSummary(chart)]) : folded(chartSummary(chart), list(lines));
  });
  return `<h3>Charts</h3>${told.join("")}`;
}

const folded = (summary: string, content: string): string =>
  `<details><summary>${escaped(summary)}</summary>${content}</details>`;

function trafficHtml(moved: readonly Moved[]): string {
  const rows = moved.map(({ host, port, requests, before, after, isLost, ...by }) => {
    const who = `${by.clients.length === 0 ? "everybody in the mesh" : by.clients.join(", ")}${rateText(by)}`;
    const cells = [`${host}:${port}`, who, requests.join("; ")].map((text) => `<td>${escaped(text)}</td>`);
    const states = [before, after].map((text, index) => {
      const mark = index === 1 && isLost ? ' class="lost"' : "";
      return `<td${mark}>${escaped(text)}${bar(text)}</td>`;
    });
    return `<tr>${[...cells, ...states].join("")}</tr>`;
  });
  return table(["Host", "From", "Requests", "Before", "After"], rows);
}

/** @param rows as HTML */
function table(titles: readonly string[], rows: readonly string[]): string {
  const head = titles.map((title) => `<th>${title}</th>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

/** The shares of a text such as `90 % v1; 10 % v3`, as a bar. A status stands for requests that no pod answers. */
function bar(text: string): string {
  const shares = text.split("; ").flatMap((part) => {
    const [, share, to = ""] = /^([\d.]+) % (?!wait |copied )(.*)$/.exec(part) ?? [];
    return share === undefined ? [] : [{ share: Number(share), isBad: /^\d{3} \(|^closed/.test(to) }];
  });
  if (shares.length === 0) return "";
  let from = 0;
  const parts = shares.map(({ share, isBad }, index) => {
    const part = `<rect x="${from}" width="${share}" height="10" fill="var(--${isBad ? "bad" : "good"})" opacity="${1 - 0.25 * (index % 4)}"/>`;
    from += share;
    return part;
  });
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${escaped(text)}">${parts.join("")}</svg>`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `<h3>${escaped(title)}</h3>${list(lines)}`;

const list = (lines: readonly string[]): string =>
  lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;

/** A text that stands for itself. */
function escaped(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
