import { isAbsolute, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import manifest from "../../package.json" with { type: "json" };
import type { Rule } from "../engine/rule.ts";
import { OWN_RULES, type Report } from "./check.ts";
import { STANDARD_INPUT_NAME } from "./files.ts";
import type { Remark } from "./remarks.ts";

const { version } = manifest;

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** How a finding stands to what was found before. */
export type BaselineState = "new" | "unchanged" | "absent";

interface Run {
  readonly remarks: readonly Remark[];
  readonly exitCode: number;
  /** @default "mesh-check" */
  readonly tool?: string;
  /** By which a code host tells several runs of the tool apart. */
  readonly id?: string;
  /** What is said of each report, where there is something to compare with. */
  readonly stateOf?: (report: Report) => BaselineState;
}

/**
 * The reports as code hosts take them in.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif(reports: readonly Report[], rules: readonly Rule[], run: Run): object {
  return sarifLog([sarifRun(reports, rules, run)]);
}

/** A file of several runs. */
export const sarifLog = (runs: readonly object[]): object => ({
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
  runs,
});

export function sarifRun(
  reports: readonly Report[],
  rules: readonly Rule[],
  { remarks, exitCode, tool = "mesh-check", id, stateOf }: Run,
): object {
  const all = [...Object.values(OWN_RULES), ...rules].map(({ id, title, rationale, remediation, ...more }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title} ${rationale}` },
    help: { text: remediation },
    properties: { tags: "codes" in more ? more.codes : [] },
  }));
  const indices = new Map(all.map(({ id }, index) => [id, index]));
  return {
    tool: { driver: { name: tool, version, rules: all } },
    ...(id !== undefined && { automationDetails: { id } }),
    invocations: [
      {
        executionSuccessful: remarks.every(({ severity }) => severity !== "error"),
        exitCode,
        toolExecutionNotifications: remarks.map(({ severity, text }) => ({
          level: LEVELS[severity],
          message: { text },
        })),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: reports.map((report) => ({
      ruleId: report.rule,
      ruleIndex: indices.get(report.rule),
      level: LEVELS[report.severity],
      message: { text: report.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(report.file) },
            region: { startLine: report.line, startColumn: report.column },
          },
          // A file that can not be read has no object to name.
          ...(report.kind === "" ? {} : { logicalLocations: [{ fullyQualifiedName: nameOf(report) }] }),
        },
      ],
      ...(stateOf && { baselineState: stateOf(report) }),
      properties: { codes: report.codes },
    })),
  };
}

/** Relative to where the check was called, as code hosts want it, unless the file was named otherwise. */
function uriOf(file: string): string {
  if (file === STANDARD_INPUT_NAME) return "file:///dev/stdin";
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return normalize(file).split("/").map(encodeURIComponent).join("/");
}

function nameOf({ kind, namespace, name, path }: Report): string {
  return [kind, namespace, name, path].filter((part) => part !== "").join("/");
}
