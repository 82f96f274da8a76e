import { groupedBy } from "../model/groups.ts";
import { nameOf } from "../../istio/kinds.ts";
import { codesOf, type FindingInMesh, type Rule } from "../engine/rule.ts";
import { isIgnored } from "../model/ignored.ts";
import { Mesh, type MeshObject, type MeshOptions } from "../model/mesh.ts";
import { SEVERITIES, type Severity } from "./call.ts";
import type { BrokenDocument } from "./documents.ts";
import { envelopeFindings } from "./envelope.ts";
import type { Source, Stray } from "./manifests.ts";
import type { Place } from "./offsets.ts";
import { pathIn, reportsOf, type Draft } from "./drafts.ts";
import { independence } from "./examples.ts";
import { placeOf } from "./places.ts";
import { identityOf, repeated, type ObjectSet } from "./sets.ts";

/** What is said of one place in a file. */
export interface Report extends Place {
  readonly rule: string;
  /** The codes of istioctl (IST…) and Kiali (KIA…) that say the same. */
  readonly codes: readonly string[];
  readonly severity: Severity;
  /** Of the object, as its manifest says; empty if it could not be read. */
  readonly kind: string;
  /** Empty for an object that is in no namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly file: string;
  readonly path: string;
  readonly message: string;
  /** The set of files in which it holds, where the files are several meshes. */
  readonly set?: string;
}

/** A rule that failed, which is a mistake in the rule. */
export interface Failure {
  readonly rule: string;
  readonly error: unknown;
}

/** What is held against the rules. */
export interface Subject {
  readonly sets: readonly ObjectSet[];
  /** By the objects' `urn`. An object without a source is only known to be there, and not judged. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Objects beside those of each set. */
  readonly known?: readonly MeshObject[];
}

export interface CheckOptions extends MeshOptions {
  /**
   * Whether there may be more than what the files declare: what is not in them is then a note.
   * @default false
   */
  readonly elsewhere?: boolean;
}

const SEVERITY_OF = { low: "info", medium: "warning", high: "error", critical: "error" } as const;

/** What the program itself says of files and objects, as if they were rules. */
export const OWN_RULES = {
  readable: {
    id: "readable-yaml",
    title: "A manifest is YAML or JSON that can be read.",
    rationale: "Nothing in it reaches the cluster otherwise.",
    remediation:
      "Look at the line, and at those before it, for an open bracket, a missing quote or a wrong indentation.",
  },
  repeated: {
    id: "object-declared-once",
    title: "An object stands once in what is one mesh.",
    rationale: "A cluster keeps the one that is applied last.",
    remediation: "Remove one of them, or name the folders that are meshes of their own with --set.",
  },
  envelope: {
    id: "kind-and-name",
    title: "A manifest names a kind that the cluster has, and its object.",
    rationale: "The API server refuses it otherwise.",
    remediation: "Write apiVersion and kind as the reference of the API does, and a name.",
  },
  skipped: {
    id: "not-checked",
    title: "Every file that is named is checked.",
    rationale: "What was left out may be wrong.",
    remediation: "Render the chart or the kustomization first, or see docs/mesh-check.md for how it is done here.",
  },
} as const;

/** Holds the objects against the rules: those about one object once, those about the mesh in each set. */
export function check(
  rules: readonly Rule[],
  { sets, sources, known = [] }: Subject,
  { elsewhere = false, ...options }: CheckOptions = {},
): { reports: Report[]; failures: Failure[] } {
  const drafts: Draft[] = [];
  const failures: Failure[] = [];
  const of = (
    object: MeshObject,
    path: string,
    source: Source,
    set: string,
  ): Omit<Draft, "rule" | "codes" | "severity" | "message"> => ({
    kind: nameOf(object.kind),
    namespace: object.namespace ?? "",
    name: object.name,
    file: source.document.file,
    path,
    ...(set !== "" && { set }),
    source,
    doubt: "",
  });
  const report = (rule: Rule, { object, ...finding }: FindingInMesh, set: string, isAlone = true) => {
    const said = codesOf(rule, finding);
    const codes = said.filter((code) => !isIgnored(object, code));
    const source = sources.get(object.urn);
    if (source === undefined || (codes.length === 0 && said.length > 0)) return;
    const isOutside = elsewhere && (finding.missing ?? rule.missing ?? false);
    const doubt = isOutside
      ? "not in these files: "
      : isAlone
        ? ""
        : "if this and other files here are applied together: ";
    const severity = doubt === "" ? SEVERITY_OF[finding.severity ?? rule.severity] : "info";
    const { path, message } = finding;
    drafts.push({ rule: rule.id, codes, severity, ...of(object, path, source, set), message, doubt });
  };
  const hold = (rule: Rule, mesh: Mesh, set: string, isAlone?: (rule: Rule, finding: FindingInMesh) => boolean) => {
    try {
      for (const finding of findingsOf(rule, mesh)) report(rule, finding, set, isAlone?.(rule, finding));
    } catch (error) {
      if (!failures.some((failure) => failure.rule === rule.id)) failures.push({ rule: rule.id, error });
    }
  };

  const fileOf = ({ urn }: MeshObject) => sources.get(urn)?.document.file ?? "";
  const everything = new Mesh(new Set(sets.flatMap(({ objects }) => objects)), options);
  const [aboutObjects, aboutMeshes] = [
    rules.filter((rule) => "check" in rule),
    rules.filter((rule) => "checkMesh" in rule),
  ];
  for (const rule of aboutObjects) hold(rule, everything, "");
  for (const object of everything.everything()) {
    const source = sources.get(object.urn);
    if (source === undefined) continue;
    for (const { path, message } of envelopeFindings(object)) {
      const { id } = OWN_RULES.envelope;
      drafts.push({ rule: id, codes: [], severity: "error", ...of(object, path, source, ""), message });
    }
  }
  for (const set of sets) {
    const { name, objects } = set;
    const mesh = new Mesh([...objects, ...known.filter(isNotAmong(objects))], options);
    const isAlone = elsewhere ? independence(set, fileOf, findingsOf, options) : undefined;
    for (const rule of aboutMeshes) hold(rule, mesh, name, isAlone);
    for (const [first, ...others] of repeated(objects)) {
      for (const object of others) {
        const source = sources.get(object.urn);
        if (source === undefined || first === undefined) continue;
        const { document, path: item } = sources.get(first.urn) ?? source;
        const { line } = placeOf(document, item);
        const { file } = document;
        const message = `the object stands at line ${line} of ${file} already: the cluster keeps one of them`;
        const { id } = OWN_RULES.repeated;
        drafts.push({ rule: id, codes: [], severity: "warning", ...of(object, "", source, name), message });
      }
    }
  }
  return { reports: withoutDuplicates(reportsOf(drafts), rules), failures };
}

/** What the files declare is what the cluster will have. */
function isNotAmong(objects: readonly MeshObject[]): (object: MeshObject) => boolean {
  const declared = new Set(objects.map(identityOf));
  return (object) => !declared.has(identityOf(object));
}

/** Where a rule and one that repeats it find something at one place, that is one report, with the codes of both and the worse severity. */
function withoutDuplicates(reports: readonly Report[], rules: readonly Rule[]): Report[] {
  const originals = new Map(rules.map(({ id, duplicateOf }) => [id, duplicateOf]));
  const placeOf = ({ file, line, column, path, kind, namespace, name }: Report) =>
    JSON.stringify([file, line, column, path, kind, namespace, name]);
  return [...groupedBy(reports, placeOf).values()].flatMap((here) =>
    here
      .filter(({ rule }) => !here.some((other) => other.rule === originals.get(rule)))
      .map((report) => {
        const same = here.filter(({ rule }) => originals.get(rule) === report.rule);
        const both = [report, ...same];
        const severity = SEVERITIES.findLast((rank) => both.some((one) => one.severity === rank)) ?? report.severity;
        return { ...report, severity, codes: [...new Set(both.flatMap(({ codes }) => codes))] };
      }),
  );
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

const NO_OBJECT = { kind: "", namespace: "", name: "", path: "" } as const;

/** What is said of a document that can not be read. */
export function reportOf({ file, line, column, reason }: BrokenDocument): Report {
  return {
    rule: OWN_RULES.readable.id,
    codes: [],
    severity: "error",
    ...NO_OBJECT,
    file,
    line,
    column,
    message: reason,
  };
}

/** What is said of a manifest that no cluster takes, and of which not even the kind is known. */
export function strayReport({ source, path, message }: Stray): Report {
  const { document } = source;
  const place = placeOf(document, pathIn(source, path));
  const { id } = OWN_RULES.envelope;
  return { rule: id, codes: [], severity: "error", ...NO_OBJECT, file: document.file, ...place, path, message };
}

/** What is said of a file or a folder that is left out. */
export function skipped(file: string, message: string): Report {
  const { id } = OWN_RULES.skipped;
  return { rule: id, codes: [], severity: "info", ...NO_OBJECT, file, line: 1, column: 1, message };
}
