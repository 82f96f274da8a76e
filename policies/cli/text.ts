import type { Rule } from "../engine/rule.ts";
import type { Severity } from "./call.ts";
import { OWN_RULES, type Report } from "./check.ts";

/** What the summary counts. */
export interface Counts {
  readonly files: number;
  readonly objects: number;
  /** Objects that no rule looks at. */
  readonly others: number;
}

const WORDS: readonly (readonly [severity: Severity, one: string, many: string])[] = [
  ["error", "error", "errors"],
  ["warning", "warning", "warnings"],
  ["info", "note", "notes"],
];

/**
 * The reports for people: by file and line, each with the object, the rule, and what to do there. What to do in general is said
 * once for a rule, after the last of what it found, unless it was said in the same words.
 */
export function asText(reports: readonly Report[], rules: readonly Rule[], counts: Counts): string {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const last = new Map(reports.map(({ rule }, index) => [rule, index]));
  const lines = reports.flatMap((report, index) => {
    const { title, rationale, remediation } = byId.get(report.rule) ?? ownRule(report.rule);
    const isNews = last.get(report.rule) === index && sentence(report.message) !== remediation;
    const place = [objectText(report), report.path].filter((part) => part !== "").join(", ");
    return [
      `${report.file}:${report.line}: ${report.severity}: ${report.message}`,
      ...(place === "" ? [] : [`    at ${place}`]),
      `    ${[report.rule, ...report.codes].join(" ")}: ${title} ${rationale}`,
      ...(isNews ? [`    ${remediation}`] : []),
      "",
    ];
  });
  return [...lines, summary(reports, counts)].join("\n");
}

/** The text of what the program says by itself. */
function ownRule(id: string) {
  return Object.values(OWN_RULES).find((rule) => rule.id === id) ?? OWN_RULES.readable;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function objectText({ kind, namespace, name }: Report): string {
  if (kind === "") return "";
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name === "" ? "without a name" : name}`;
}

function summary(reports: readonly Report[], { files, objects, others }: Counts): string {
  const found = WORDS.flatMap(([severity, one, many]) => {
    const number = reports.filter((report) => report.severity === severity).length;
    return number === 0 ? [] : [count(number, one, many)];
  });
  const nothing = objects === 0 ? "nothing to check" : "nothing found";
  const checked = `${count(objects, "object", "objects")} in ${count(files, "file", "files")}`;
  const skipped = [...(others === 0 ? [] : [`${count(others, "other document", "other documents")} left out`])];
  return [`${found.length === 0 ? nothing : found.join(", ")}: ${checked} checked`, ...skipped].join(", ");
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
