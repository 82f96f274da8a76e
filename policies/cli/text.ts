import type { Rule } from "../engine/rule.ts";
import { READABLE, type Report, type Severity } from "./check.ts";

/** What the summary counts. */
export interface Counts {
  readonly files: number;
  readonly objects: number;
  /** Objects of which a later file has another version. */
  readonly replaced: number;
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
  const groups = together(reports);
  const last = new Map(groups.map(([{ rule }], index) => [rule, index]));
  const lines = groups.flatMap((group, index) => {
    const [report] = group;
    const codes = group.flatMap(({ code }) => code ?? []);
    // What is by no rule of these is about a file that can not be read.
    const { title, rationale, remediation } = byId.get(report.rule) ?? READABLE;
    const isNews = last.get(report.rule) === index && sentence(report.message) !== remediation;
    const place = [objectText(report), report.path].filter((part) => part !== "").join(", ");
    return [
      `${report.file}:${report.line}: ${report.severity}: ${report.message}`,
      ...(place === "" ? [] : [`    at ${place}`]),
      `    ${[report.rule, ...codes].join(" ")}: ${title} ${rationale}`,
      ...(isNews ? [`    ${remediation}`] : []),
      "",
    ];
  });
  return [...lines, summary(reports, counts)].join("\n");
}

/** What a rule says of one place under several codes is one thing to read. */
function together(reports: readonly Report[]): [Report, ...Report[]][] {
  const groups = new Map<string, [Report, ...Report[]]>();
  for (const report of reports) {
    const key = JSON.stringify([report.file, report.line, report.rule, report.path, report.message]);
    const group = groups.get(key);
    if (group) group.push(report);
    else groups.set(key, [report]);
  }
  return [...groups.values()];
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function objectText({ kind, namespace, name }: Report): string {
  if (kind === "") return "";
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name === "" ? "without a name" : name}`;
}

function summary(reports: readonly Report[], { files, objects, replaced, others }: Counts): string {
  const found = WORDS.flatMap(([severity, one, many]) => {
    const number = reports.filter((report) => report.severity === severity).length;
    return number === 0 ? [] : [count(number, one, many)];
  });
  const nothing = objects === 0 ? "nothing to check" : "nothing found";
  const checked = `${count(objects, "object", "objects")} in ${count(files, "file", "files")}`;
  const skipped = [
    ...(replaced === 0 ? [] : [`${replaced} replaced by later files`]),
    ...(others === 0 ? [] : [`${count(others, "other document", "other documents")} left out`]),
  ];
  return [`${found.length === 0 ? nothing : found.join(", ")}: ${checked} checked`, ...skipped].join(", ");
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
