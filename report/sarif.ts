// The findings of a change as a code host takes them in, each at its line of the stack file.
import type { Reference } from "../istio/routing/world.ts";
import type { Report } from "../policies/cli/check.ts";
import { sarifLog, sarifRun, type BaselineState } from "../policies/cli/sarif.ts";
import { rules } from "../policies/rules/index.ts";
import type { ReportedFinding } from "./findings.ts";
import type { StackPlace } from "./stackPlaces.ts";
import { forbiddingIn, type StackReport } from "./stackReport.ts";

/** A report, and where its objects are written. */
export interface Located {
  readonly report: StackReport;
  /** The stack file, as code hosts name it. */
  readonly file: string;
  readonly placeOf: (object: Reference, path: string | undefined) => StackPlace | undefined;
}

const STATES = { new: "new", before: "unchanged", fixed: "absent" } as const;

/** One file for all stacks, with a run for each. */
export const sarif = (all: readonly Located[]): object => sarifLog(all.map(stackRun));

function stackRun({ report, file, placeOf }: Located): object {
  const states = new Map<Report, BaselineState>();
  const reports = report.findings.map((finding) => {
    const said = reportOf(finding, file, placeOf);
    states.set(said, STATES[finding.state]);
    return said;
  });
  const { stack, findings, errors } = report;
  return sarifRun(reports, rules, {
    tool: "mesh-report",
    id: `mesh-report/${stack}`,
    // What the engine says of its failure may be long, and stands in the report.
    remarks: errors.length === 0 ? [] : [{ severity: "error", text: "the preview fails" }],
    exitCode: errors.length > 0 || forbiddingIn(findings).length > 0 ? 1 : 0,
    stateOf: (said) => states.get(said) ?? "new",
  });
}

const CODES = new Map(rules.map(({ id, codes }) => [id, codes]));

function reportOf(finding: ReportedFinding, file: string, placeOf: Located["placeOf"]): Report {
  const { level, rule, resource, object, path, message } = finding;
  const place = object && placeOf(object, path);
  const { kind, namespace, name } = object ?? { kind: resource, namespace: "", name: "" };
  return {
    ...{ rule, codes: CODES.get(rule) ?? [], severity: level === "advisory" ? "warning" : "error" },
    ...{ kind, namespace, name, path, file },
    // What the file does not name is shown at its beginning.
    ...{ line: place?.line ?? 1, column: 1 },
    message: `${resource}: ${path === "" ? "" : `${path}: `}${message}`,
  };
}
