import type { Kind, Mesh, MeshObject } from "./mesh";

/** One thing that a rule found. The message says what to do; it never quotes a value, which may be secret. */
export interface Finding {
  /** Where in the object, e.g. `spec.http[0].route[1].destination.subset`. */
  readonly path: string;
  readonly message: string;
}

/** A finding of a rule that sees many objects. */
export interface FindingInMesh extends Finding {
  readonly object: MeshObject;
}

interface RuleText {
  /** Kebab-case and unique: people write it in the levels of an environment. The rule's file has the same name. */
  readonly id: string;
  /** What must hold, in one sentence. */
  readonly requires: string;
  /** What happens where it does not hold. */
  readonly because: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** Codes of istioctl (IST…) and Kiali (KIA…) that say the same on a cluster. */
  readonly covers: readonly string[];
}

/** Decided from one object, so it stops that object before it is created. */
export interface ObjectRule extends RuleText {
  readonly kinds: readonly Kind[];
  check(object: MeshObject): Iterable<Finding>;
}

/** Decided from several objects, so it speaks when all are declared. */
export interface MeshRule extends RuleText {
  checkMesh(mesh: Mesh): Iterable<FindingInMesh>;
}

export type Rule = ObjectRule | MeshRule;
