// What the rules say of resources, without the engine: of a state that was deployed, say, which no preview judges.
import { kindOf, Mesh, MeshObject } from "../model/mesh.ts";
import { standardLevel, withoutDuplicates, type Level } from "./levels.ts";
import { isComponent, textToReport } from "./reported.ts";
import type { Finding, Rule, Settings } from "./rule.ts";

/** What an environment sets for the rules, by id; `all` holds for those that it does not name. */
export type Levels = Readonly<Record<string, Level | (Settings & { readonly enforcementLevel?: Level })>>;

/** A resource as the engine's state has it: plain data, with `UNKNOWN` where a value is not known. */
export interface Judged {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly parent?: string | undefined;
  readonly inputs: unknown;
  /** What it became; empty where nothing is known of that. */
  readonly outputs?: unknown;
}

/** What is reported, where the rule is not disabled. */
export interface Judgement {
  readonly rule: Rule;
  readonly level: Level;
  readonly object: MeshObject;
  /** As the engine has it after the rule's description. */
  readonly text: string;
}

export interface Verdict {
  readonly found: readonly Judgement[];
  /** Ids of the rules that could not decide all, for a value that is not known. */
  readonly undecided: ReadonlySet<string>;
}

/** Holds resources against the rules as the pack does, with the levels of an environment. */
export function judge(rules: readonly Rule[], levels: Levels, resources: readonly Judged[]): Verdict {
  const known = resources.flatMap((resource) => {
    const kind = kindOf(resource.type);
    return kind === undefined ? [] : [{ ...resource, kind }];
  });
  const parents = new Set(resources.map(({ parent }) => parent));
  const declared = known
    // The parts of a component are judged themselves, where they are there.
    .filter(({ kind, urn }) => !isComponent(kind) || !parents.has(urn))
    .map(({ kind, name, urn, inputs }) => new MeshObject(kind, name, urn, inputs));
  const mesh = new Mesh(
    known.map(({ kind, name, urn, inputs, outputs }) => {
      const isTold = Object.keys(outputs ?? {}).length > 0 && !isComponent(kind);
      return new MeshObject(kind, name, urn, isTold ? outputs : inputs);
    }),
    { open: true },
  );
  const found: Judgement[] = [];
  const undecided = new Set<string>();
  for (const rule of withoutDuplicates(rules)) {
    const entry = levels[rule.id] ?? levels.all;
    const { enforcementLevel, ...settings } = typeof entry === "object" ? entry : { enforcementLevel: entry };
    const level = enforcementLevel ?? standardLevel(rule);
    if (level === "disabled") continue;
    const report = (object: MeshObject, finding: Finding) => {
      const text = textToReport(rule, finding, object, settings);
      if (text !== undefined) found.push({ rule, level, object, text });
    };
    const read = "check" in rule ? declared.filter(({ kind }) => rule.kinds.includes(kind)) : mesh.everything();
    try {
      if ("check" in rule) {
        for (const object of read)
          for (const finding of rule.check(object, settings)) report(finding.object ?? object, finding);
      } else for (const finding of rule.checkMesh(mesh, settings)) report(finding.object, finding);
    } catch {
      // What the rule says of the change is what counts.
      undecided.add(rule.id);
    }
    if (read.some(({ hasUnread }) => hasUnread)) undecided.add(rule.id);
  }
  return { found, undecided };
}
