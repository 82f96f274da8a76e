// The findings as tables for people and as JSON for programs.
import { table } from "../tools/table.ts";
import { countOf, type Check, type Finding } from "./findings.ts";
import { FALSE_ALARM } from "./binomial.ts";

export function report(findings: readonly Finding[]): string {
  const sections = findings.map((finding) => `${heading(finding)}\n${rows(finding.checks)}\n`);
  return [...sections, ...notes(findings), summaryLine(findings)].join("\n");
}

function heading({ host, rule, from, requests, latency, object }: Finding): string {
  const measured = latency
    ? `${requests} requests, p50 ${milliseconds(latency.p50)}, p99 ${milliseconds(latency.p99)}`
    : "";
  return [`${host} from ${from}`, rule, object, measured].filter(Boolean).join(" · ");
}

const milliseconds = (seconds: number) => `${(1000 * seconds).toFixed(seconds < 0.01 ? 1 : 0)} ms`;

const rows = (checks: readonly Check[]): string =>
  table([
    ["", "DECLARED", "MEASURED", "ALLOWED", "VERDICT"],
    ...checks.map(({ what, declared, measured, allowed = "", verdict, note }) => [
      what,
      declared,
      measured,
      allowed,
      verdict + (note === undefined ? "" : `: ${note}`),
    ]),
  ]);

/** The commands that show why something does not hold. */
function notes(findings: readonly Finding[]): string[] {
  const wrong = findings.filter(({ checks }) => checks.some(({ verdict }) => verdict === "wrong"));
  if (wrong.length === 0) return [];
  const commands = new Set(["istioctl proxy-status", ...wrong.flatMap(({ look = [] }) => look)]);
  return ["These commands show why:", ...[...commands].map((command) => `  ${command}`), ""];
}

export function summaryLine(findings: readonly Finding[]): string {
  const [ok, wrong, open] = (["ok", "wrong", "not verified"] as const).map((verdict) => countOf(findings, verdict));
  return `${ok} ok, ${wrong} wrong, ${open} not verified`;
}

export function asJson(stack: string, findings: readonly Finding[]): string {
  const verified = countOf(findings, "wrong") === 0;
  return JSON.stringify({ stack, verified, falseAlarm: FALSE_ALARM, findings }, null, 2);
}
