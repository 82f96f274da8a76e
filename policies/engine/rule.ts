import type { Kind, Mesh, MeshObject } from "../model/mesh.ts";

/** A file in the repository istio/istio or kiali/kiali, e.g. `istio/pkg/config/validation/validation.go`. */
export type SourceFile = `${"istio" | "kiali"}/${string}.${"go" | "yaml"}`;

export type Severity = "low" | "medium" | "high" | "critical";

/** One thing that a rule found. The message says what to do; it never quotes a value, which may be secret. */
export interface Finding {
  /** Where in the object, e.g. `spec.http[0].route[1].destination.subset`. */
  readonly path: string;
  readonly message: string;
  /**
   * Which of the codes that the rule covers it is; null for none of them.
   * @default all codes that the rule covers
   */
  readonly code?: string | null;
  /**
   * How bad it is, where not all that the rule finds is as bad.
   * @default the rule's
   */
  readonly severity?: Severity;
  /**
   * Whether it says that something is not declared. A chart, another repository or a controller may bring it all the same.
   * @default the rule's
   */
  readonly missing?: boolean;
  /**
   * The object that it is about.
   * @default the one that a rule on one object was asked about
   */
  readonly object?: MeshObject;
}

/** A finding of a rule that sees many objects. */
export interface FindingInMesh extends Finding {
  readonly object: MeshObject;
}

/** What people set for a rule in the configuration of the pack, by name. */
export type Settings = Readonly<Record<string, unknown>>;

/** A value to put in place of another, so that an object keeps a rule. */
export interface Remedy {
  readonly path: readonly string[];
  readonly value: unknown;
}

interface RuleText {
  /** Kebab-case and unique: people write it in the levels of an environment. The rule's file has the same name. */
  readonly id: string;
  /** What must hold, in one sentence. */
  readonly title: string;
  /** What happens where it does not hold. */
  readonly rationale: string;
  /** What to do where it does not hold, in one sentence. */
  readonly remediation: string;
  readonly severity: Severity;
  /** Codes of istioctl (IST…) and Kiali (KIA…) that say the same on a cluster. */
  readonly codes: readonly string[];
  /**
   * The files of another tool that the codes come from, of the versions in `followed`: who moves the version reads them again.
   * Every rule with a code of istioctl or Kiali has some.
   */
  readonly sources?: readonly SourceFile[];
  /**
   * What the rule does in an environment that does not say.
   * @default "mandatory" for the severities high and critical, else "advisory"
   */
  readonly level?: "advisory" | "mandatory" | "disabled";
  /** Whether the rule holds for some environments only, such as production, and says nothing about whether an object works. */
  readonly environment?: boolean;
  /**
   * The id of a rule that looks for the same mistake as another tool does, and mostly finds it at the same places. Where both
   * find it, only that rule reports it; a preview does not run this one.
   */
  readonly duplicateOf?: string;
  /**
   * Whether its findings say that something is not declared, rather than that something is wrong.
   * @default false
   */
  readonly missing?: boolean;
  /** The JSON schemas of the rule's settings, by name. */
  readonly settings?: Readonly<Record<string, object>>;
}

/** Decided from one object, so it stops that object before it is created. */
export interface ObjectRule extends RuleText {
  readonly kinds: readonly Kind[];
  check(object: MeshObject, settings?: Settings): Iterable<Finding>;
  /** What would keep the rule, where that is safe to do without asking. */
  remedy?(object: MeshObject, settings?: Settings): Iterable<Remedy>;
}

/** Decided from several objects, so it speaks when all are declared. */
export interface MeshRule extends RuleText {
  checkMesh(mesh: Mesh, settings?: Settings): Iterable<FindingInMesh>;
}

export type Rule = ObjectRule | MeshRule;

/** The codes of a finding of the rule. */
export function codesOf(rule: Rule, { code }: Finding): readonly string[] {
  if (code === undefined) return rule.codes;
  return code === null ? [] : [code];
}
