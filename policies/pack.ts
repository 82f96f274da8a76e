import {
  UnknownValueError,
  type Policy,
  type PolicyResource,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { UNKNOWN } from "./field";
import { kindOf, Mesh, MeshObject } from "./mesh";
import type { MeshRule, ObjectRule, Rule } from "./rule";

// The package exports the class, but strips its declaration.
declare module "@pulumi/policy/proxy" {
  class UnknownValueError extends Error {
    constructor(unknownTypeSentinel: string, path: readonly string[]);
  }
}

/** The policy that the engine runs for a rule. */
export function policyOf(rule: Rule): Policy {
  return "check" in rule ? objectPolicy(rule) : meshPolicy(rule);
}

function textOf(rule: Rule) {
  return {
    name: rule.id,
    description: `${rule.requires} ${rule.because}`,
    severity: rule.severity,
    tags: [...rule.covers],
  };
}

function objectPolicy(rule: ObjectRule): ResourceValidationPolicy {
  return {
    ...textOf(rule),
    validateResource({ type, name, urn, props }, report) {
      const kind = kindOf(type);
      if (kind === undefined || !rule.kinds.includes(kind)) return;
      const object = new MeshObject(kind, name, urn, plain(props));
      for (const { path, message } of rule.check(object)) report(`${path}: ${message}`);
      sayUndecided([object], false);
    },
  };
}

/**
 * A rule on the stack judges what the engine knows of each object after the program has run. Where a preview knows nothing,
 * since the object's cluster is not there yet, the declaration stands in, which the engine has shown before.
 */
function meshPolicy(rule: MeshRule): ResourceValidationPolicy & StackValidationPolicy {
  const declared = new Map<string, unknown>();
  const meshObject = ({ type, name, urn, props }: PolicyResource) => {
    const kind = kindOf(type);
    if (kind === undefined) return [];
    const value = Object.keys(props).length > 0 ? plain(props) : (declared.get(urn) ?? UNKNOWN);
    return [new MeshObject(kind, name, urn, value)];
  };
  return {
    ...textOf(rule),
    validateResource({ type, urn, props }) {
      if (kindOf(type) !== undefined) declared.set(urn, plain(props));
    },
    validateStack({ resources }, report) {
      const objects = resources.flatMap(meshObject);
      for (const { object, path, message } of rule.checkMesh(new Mesh(objects))) {
        report(`${path}: ${message}`, object.urn);
      }
      sayUndecided(objects, true);
    },
  };
}

/** The error that the engine shows as an advice whatever the rule's level is; found violations are reported by then. */
class NotDecidable extends UnknownValueError {
  constructor(paths: readonly string[]) {
    super(UNKNOWN_TEXT, []);
    this.message = `not decidable yet, since these values are known only after the deployment: ${paths.join(", ")}`;
  }
}

/** By this text the engine's protocol says that a text is unknown. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function sayUndecided(objects: readonly MeshObject[], withNames: boolean): void {
  const paths = objects.flatMap(({ kind, name, unread }) =>
    [...unread].map((path) => [...(withNames ? [`${kind} ${name}`] : []), path || "everything"].join(" ")),
  );
  if (paths.length > 0) throw new NotDecidable(paths);
}

/** Plain data of what the engine hands to a policy, whose unknown values throw when they are read. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(value, index));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(value, key)]));
}

function read(container: object, key: string | number): unknown {
  try {
    return plain((container as Record<string | number, unknown>)[key]);
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}
