import type { Rule } from "../rule";
import { READABLE, type Report } from "./check";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/**
 * The reports as code hosts take them in.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif(reports: readonly Report[], rules: readonly Rule[]): object {
  const all = [READABLE, ...rules].map(({ id, requires, because, wayOut, ...more }) => ({
    id,
    shortDescription: { text: requires },
    fullDescription: { text: `${requires} ${because}` },
    help: { text: wayOut },
    properties: { tags: "covers" in more ? more.covers : [] },
  }));
  const indices = new Map(all.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mesh-check", rules: all } },
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
              logicalLocations: [{ fullyQualifiedName: nameOf(report) }],
            },
          ],
          properties: { code: report.code },
        })),
      },
    ],
  };
}

function uriOf(file: string): string {
  return file.replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/");
}

function nameOf({ kind, namespace, name, path }: Report): string {
  return [kind, namespace, name, path].filter((part) => part !== "").join("/");
}
