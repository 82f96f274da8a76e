import { nameOf } from "../../istio/kinds.ts";
import { Mesh, type MeshObject, type MeshOptions } from "../model/mesh.ts";
import { isIgnored } from "../model/ignored.ts";
import { codeOf, type Finding, type FindingInMesh, type Rule } from "../engine/rule.ts";
import type { BrokenDocument } from "./documents.ts";
import type { Manifests } from "./manifests.ts";
import type { Place } from "./offsets.ts";
import { placeOf } from "./places.ts";

export type Severity = "error" | "warning" | "info";

/** What is said of one place in a file. */
export interface Report extends Place {
  readonly rule: string;
  /** The code of istioctl (IST…) or Kiali (KIA…) that says the same, or null. */
  readonly code: string | null;
  readonly severity: Severity;
  /** Of the object, as its manifest says; empty if it could not be read. */
  readonly kind: string;
  /** Empty for an object that is in no namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly file: string;
  readonly path: string;
  readonly message: string;
}

/** A rule that failed, which is a mistake in the rule. */
export interface Failure {
  readonly rule: string;
  readonly error: unknown;
}

const SEVERITIES = { low: "info", medium: "warning", high: "error", critical: "error" } as const;

/** What says that a file can not be read, as if it were a rule. */
export const READABLE = {
  id: "readable-yaml",
  title: "A manifest is YAML or JSON that can be read.",
  rationale: "Nothing in it reaches the cluster otherwise.",
  remediation: "Look at the line, and at those before it, for an open bracket, a missing quote or a wrong indentation.",
} as const;

/** Holds the objects against the rules. */
export function check(
  rules: readonly Rule[],
  { objects, sources }: Manifests,
  options: MeshOptions = {},
): { reports: Report[]; failures: Failure[] } {
  const mesh = new Mesh(objects, options);
  const reports: Report[] = [];
  const failures: Failure[] = [];
  const report = (rule: Rule, object: MeshObject, finding: Finding) => {
    const code = codeOf(rule, finding);
    if (isIgnored(object, code)) return;
    const source = sources.get(object.urn);
    const path = [source?.path ?? "", finding.path].filter((part) => part !== "").join(".");
    const place = source === undefined ? { line: 1, column: 1 } : placeOf(source.document, path);
    reports.push({
      rule: rule.id,
      code,
      severity: SEVERITIES[finding.severity ?? rule.severity],
      kind: nameOf(object.kind),
      namespace: object.namespace ?? "",
      name: object.name,
      file: source?.document.file ?? "",
      ...place,
      path: finding.path,
      message: finding.message,
    });
  };
  for (const rule of rules) {
    try {
      for (const finding of findingsOf(rule, mesh)) report(rule, finding.object, finding);
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return { reports, failures };
}

function* findingsOf(rule: Rule, mesh: Mesh): Iterable<FindingInMesh> {
  if (!("check" in rule)) {
    yield* rule.checkMesh(mesh);
    return;
  }
  for (const object of mesh.all(...rule.kinds)) {
    for (const finding of rule.check(object)) yield { ...finding, object: finding.object ?? object };
  }
}

/** What is said of a document that can not be read. */
export function reportOf({ file, line, column, reason }: BrokenDocument): Report {
  const object = { kind: "", namespace: "", name: "", path: "" };
  return { rule: READABLE.id, code: null, severity: "error", ...object, file, line, column, message: reason };
}
