// The report as one page that needs nothing beside it.
import { MEASURED_HEAD, measuredRows, measuredSummary, type Measured } from "./measured.ts";
import { counted, type StackReport } from "./stackReport.ts";
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
  const { stack, verdict, traffic, attention, findings, resources, reach, cost, time, errors, counts } = report;
  return [
    `<h2>${escaped(stack)}: ${escaped(verdict)}</h2>`,
    section("The preview fails", errors),
    section("Look at these first", attention),
    traffic.moved.length === 0 ? "" : trafficHtml(traffic.moved),
    report.measured === undefined ? "" : measuredHtml(report.measured),
    section("No more requests", traffic.losing),
    section(
      `Policies: ${counted(findings.length, "finding")}`,
      findings.map(({ level, rule, resource, message }) => `${level}: ${rule} (${resource}): ${message}`),
    ),
    section("Reachable from the internet", reach),
    section("Cost", cost),
    section("Time", time),
    section("Not decidable", traffic.undecided),
    resources.length === 0
      ? ""
      : `<details><summary>Resources: ${escaped(counts.join(", "))}</summary>${list(
          resources.map(
            ({ op, resource, component }) => `${op} ${resource}${component === "" ? "" : ` (${component})`}`,
          ),
        )}</details>`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function measuredHtml(measured: Measured): string {
  const rows = measuredRows(measured).map(
    (cells) =>
      `<tr>${cells.map((text) => `<td${text.startsWith("wrong") ? ' class="lost"' : ""}>${escaped(text)}</td>`).join("")}</tr>`,
  );
  const head = MEASURED_HEAD.map((text) => `<th>${text}</th>`).join("");
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
  return `<h3>${escaped(measuredSummary(measured))}</h3>${rows.length === 0 ? "" : table}`;
}

function trafficHtml(moved: readonly Moved[]): string {
  const rows = moved.map(({ host, port, clients, requests, before, after, isLost }) => {
    const who = clients.length === 0 ? "everybody in the mesh" : clients.join(", ");
    const cells = [`${host}:${port}`, who, requests.join("; ")].map((text) => `<td>${escaped(text)}</td>`);
    const states = [before, after].map((text, index) => {
      const mark = index === 1 && isLost ? ' class="lost"' : "";
      return `<td${mark}>${escaped(text)}${bar(text)}</td>`;
    });
    return `<tr>${[...cells, ...states].join("")}</tr>`;
  });
  const head = ["Host", "From", "Requests", "Before", "After"].map((text) => `<th>${text}</th>`).join("");
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
  `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;

/** A text that stands for itself. */
function escaped(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
