import type { Policy, PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import { exemptionsSchema } from "./exemptions.ts";
import { UNKNOWN } from "../model/field.ts";
import { kindOf, Mesh, MeshObject } from "../model/mesh.ts";
import { standardLevel, withoutDuplicates } from "./levels.ts";
import { NotDecidable, plain } from "./plain.ts";
import { Readings } from "./readings.ts";
import { applyRemedies } from "./remedies.ts";
import type { Finding, MeshRule, ObjectRule, Rule, Settings } from "./rule.ts";
import { descriptionOf, isComponent, textToReport } from "./reported.ts";

/** What the pack has been shown, shared by its policies. */
interface Seen {
  /** As the program declares the resources, by URN. */
  readonly declared: Readings;
  /** As they are in the stack. */
  readonly inStack: Readings;
}

/** The policies that the engine runs for the rules. */
export function policiesOf(rules: readonly Rule[]): Policy[] {
  const seen = { declared: new Readings(), inStack: new Readings() };
  return withoutDuplicates(rules).map((rule, position) =>
    "check" in rule ? objectPolicy(rule, seen, position) : meshPolicy(rule, seen, position),
  );
}

/** The schema of what an environment may set for a rule beside its level. */
export function settingsSchema({ settings = {} }: Rule): Record<string, PolicyConfigJSONSchema> {
  return { ...(settings as Record<string, PolicyConfigJSONSchema>), exemptions: exemptionsSchema };
}

function textOf(rule: Rule) {
  return {
    name: rule.id,
    description: descriptionOf(rule),
    severity: rule.severity,
    tags: [...rule.codes],
    enforcementLevel: standardLevel(rule),
    configSchema: { properties: settingsSchema(rule) },
    remediationSteps: rule.remediation,
  };
}

function objectPolicy(rule: ObjectRule, seen: Seen, position: number): ResourceValidationPolicy {
  return {
    ...textOf(rule),
    validateResource(args, report) {
      const { type, name, urn, props } = args;
      const kind = kindOf(type);
      if (kind === undefined) return;
      const value = seen.declared.read(position, urn, props);
      if (!rule.kinds.includes(kind) || isComponent(kind)) return;
      const object = new MeshObject(kind, name, urn, value);
      const settings = args.getConfig<Settings>();
      for (const finding of rule.check(object, settings)) reportFinding(rule, finding, object, settings, report);
      sayUndecided([object], false);
    },
    ...(rule.kinds.some(isComponent) && { validateStack: componentsValidation(rule, seen) }),
    ...("remedy" in rule && {
      remediateResource(args) {
        const { type, name, urn, props } = args;
        const kind = kindOf(type);
        if (kind === undefined || !rule.kinds.includes(kind)) return undefined;
        const object = new MeshObject(kind, name, urn, plain(props));
        return applyRemedies(props, rule.remedy?.(object, args.getConfig<Settings>()) ?? []);
      },
    }),
  };
}

/**
 * The parts of a component are judged themselves, one by one. Where they are not there, since a preview can not make them yet,
 * its arguments are judged in their place.
 */
function componentsValidation(rule: ObjectRule, seen: Seen): StackValidationPolicy["validateStack"] {
  return (args, report) => {
    const { resources } = args;
    const parents = new Set(resources.map(({ parent }) => parent?.urn));
    const objects = resources.flatMap(({ type, name, urn }) => {
      const kind = kindOf(type);
      if (kind === undefined || !isComponent(kind) || !rule.kinds.includes(kind) || parents.has(urn)) return [];
      return [new MeshObject(kind, name, urn, seen.declared.of(urn) ?? UNKNOWN)];
    });
    const settings = args.getConfig<Settings>();
    for (const object of objects) {
      for (const finding of rule.check(object, settings)) reportFinding(rule, finding, object, settings, report);
    }
    sayUndecided(objects, true);
  };
}

/**
 * A rule on the stack judges what the engine knows of each object after the program has run. Where a preview knows nothing,
 * since the object's cluster is not there yet, the declaration stands in, which the engine has shown before.
 */
function meshPolicy(rule: MeshRule, seen: Seen, position: number): ResourceValidationPolicy & StackValidationPolicy {
  const meshObject = ({ type, name, urn, props }: PolicyResource) => {
    const kind = kindOf(type);
    if (kind === undefined) return [];
    // What a component puts out says nothing of its arguments.
    const isTold = Object.keys(props).length > 0 && !isComponent(kind);
    const value = isTold ? seen.inStack.read(position, urn, props) : (seen.declared.of(urn) ?? UNKNOWN);
    return [new MeshObject(kind, name, urn, value)];
  };
  return {
    ...textOf(rule),
    validateResource({ type, urn, props }) {
      if (kindOf(type) !== undefined) seen.declared.read(position, urn, props);
    },
    validateStack(args, report) {
      const objects = args.resources.flatMap(meshObject);
      const settings = args.getConfig<Settings>();
      for (const finding of rule.checkMesh(new Mesh(objects, { open: true }), settings)) {
        reportFinding(rule, finding, finding.object, settings, report);
      }
      sayUndecided(objects, true);
    },
  };
}

type Report = (message: string, urn?: string) => void;

function reportFinding(rule: Rule, finding: Finding, judged: MeshObject, settings: Settings, report: Report): void {
  const { object = judged } = finding;
  const text = textToReport(rule, finding, object, settings);
  if (text !== undefined) report(text, object.urn);
}

function sayUndecided(objects: readonly MeshObject[], withNames: boolean): void {
  const paths = objects.flatMap(({ kind, name, unread }) =>
    [...unread].map((path) => [...(withNames ? [`${kind} ${name}`] : []), path || "everything"].join(" ")),
  );
  if (paths.length > 0) throw new NotDecidable(paths);
}
