// What the policy pack says of a change: what is new, what the change mends, and what was so before.
import { alphabetical, type Reference } from "../istio/routing/world.ts";
import { groupedBy } from "../policies/model/groups.ts";
import { kindOf } from "../policies/model/mesh.ts";
import { judge, type Verdict, type Levels } from "../policies/engine/judge.ts";
import { descriptionOf, PACK } from "../policies/engine/reported.ts";
import { rules } from "../policies/rules/index.ts";
import { mapOf, textOf } from "../lib/untrusted.ts";
import { kindIn, LEVELS, nameOf, typeOf, type PreviewEvent, type Step } from "../tools/preview/events.ts";
import { known } from "./objects.ts";

export interface ReportedFinding {
  readonly state: "new" | "before" | "fixed";
  /** `mandatory`, `remediate` or `advisory`. */
  readonly level: string;
  readonly rule: string;
  /** Kind and name of the resource. */
  readonly resource: string;
  /** As the cluster knows it, where that is known. */
  readonly object?: Reference;
  /** Where in the resource; empty for all of it. */
  readonly path: string;
  readonly message: string;
}

export interface Findings {
  /** The worst first. */
  readonly findings: readonly ReportedFinding[];
  /** Rules that wait for values that only the deployment tells. */
  readonly waiting: readonly string[];
}

/** What makes a finding, wherever it comes from. */
interface Found {
  readonly level: string;
  readonly rule: string;
  readonly urn: string;
  readonly path: string;
  readonly message: string;
}

const STATES = ["new", "before", "fixed"];

/**
 * The findings of a preview, held against what the rules say of the state before it.
 *
 * @param levels - those of the stack, by which the preview was judged
 */
export function findingsIn(events: readonly PreviewEvent[], steps: readonly Step[], levels: Levels): Findings {
  const told = events.flatMap(({ policyEvent }) => policyEvent ?? []).map(readEvent);
  const waiting = told.flatMap((found) => ("waits" in found ? [found.waits] : []));
  const after = told.flatMap((found) => ("waits" in found ? [] : [found]));
  const deployed = steps.filter(({ before }) => before !== undefined);
  const judged: Verdict =
    deployed.length === 0 || !events.some(isOfPack)
      ? { found: [], undecided: new Set() }
      : judge(
          rules,
          levels,
          deployed.map((step) => ({ ...step, inputs: known(step.before), outputs: known(step.deployed) })),
        );
  const before = judged.found.map(({ rule, level, object, text }) => ({
    ...placed(text),
    rule: rule.id,
    level,
    urn: object.urn,
  }));
  const same = new Set(deployed.filter(({ op }) => op === "same").map(({ urn }) => urn));
  // What only looks at an object that stays as it is has said so before, also where that cannot be asked any more.
  const wasSo = ({ rule, urn }: Found) => same.has(urn) && (looksAtOne(rule) || judged.undecided.has(rule));
  const { both, added, gone } = matched(before, after);
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const said = (state: ReportedFinding["state"]) => (found: Found) => reported(state, found, byUrn.get(found.urn));
  // A rule that says nothing any more because it waits for a value has not been satisfied.
  // Nor has one that the log alone shows the same object to as before: the engine knows more of it than the log.
  const still = gone.length === 0 ? new Set<string>() : stillFound(steps, levels);
  const fixed = gone.filter(({ rule, urn }) => !waiting.includes(rule) && !still.has(`${rule} ${urn}`));
  return {
    findings: [
      ...added.map((found) => said(wasSo(found) ? "before" : "new")(found)),
      ...both.map(said("before")),
      ...fixed.map(said("fixed")),
    ].toSorted(inOrder),
    waiting: [...new Set(waiting)].toSorted(),
  };
}

/** Those of the pack of this project: there may be others. */
const RULES = new Map(rules.map((rule) => [rule.id, rule]));

/** What the rules find in the state after the change, as the log has it, by rule and URN. */
function stillFound(steps: readonly Step[], levels: Levels): ReadonlySet<string> {
  const planned = steps.flatMap(({ after, ...step }) =>
    after === undefined ? [] : [{ ...step, inputs: known(after) }],
  );
  return new Set(judge(rules, levels, planned).found.map(({ rule, object }) => `${rule.id} ${object.urn}`));
}

/** Whether the preview was judged at all: else nothing is mended because nobody says anything. */
const isOfPack = ({ policyEvent, policyAnalyzeStackSummaryEvent }: PreviewEvent) =>
  policyEvent?.policyPackName === PACK || policyAnalyzeStackSummaryEvent?.policyPackName === PACK;

/** A rule of somebody else's pack is taken for one. */
function looksAtOne(id: string): boolean {
  const rule = RULES.get(id);
  return rule === undefined || "check" in rule;
}

/** What the SDK of policies says of a rule that met an unknown value. */
const WAITS = /^can't run (?:policy|remediation) '.*' from policy pack .* during preview: /m;

function readEvent({
  enforcementLevel,
  policyName,
  resourceUrn = "",
  message,
}: NonNullable<PreviewEvent["policyEvent"]>): Found | { readonly waits: string } {
  const text = message.trim();
  if (WAITS.test(text)) return { waits: policyName };
  const rule = RULES.get(policyName);
  const description = rule && descriptionOf(rule);
  const rest = description !== undefined && text.startsWith(description) ? text.slice(description.length) : text;
  const said = (rest.trim() === "" ? text : rest.trim()).replaceAll(/\s*\n\s*/g, " ");
  return { ...placed(said), level: enforcementLevel, rule: policyName, urn: resourceUrn };
}

/** A path as a `Field` writes it, before what is said of it. */
const PATH = /^((?:\w+|\[\d+\]|\["(?:[^"\\]|\\.)*"\]|\.)+): (.*)$/s;

function placed(text: string): { readonly path: string; readonly message: string } {
  const [, path = "", message = text] = PATH.exec(text) ?? [];
  return { path, message };
}

/**
 * Which findings of two states are the same. An item that moved up or down a list is still the same item: first those that
 * stand at the same place are, then those that stand there but for the numbers.
 */
function matched(before: readonly Found[], after: readonly Found[]) {
  const exactly = ({ rule, urn, path }: Found) => JSON.stringify([rule, urn, path]);
  const loosely = ({ rule, urn, path }: Found) => JSON.stringify([rule, urn, path.replaceAll(/\[\d+\]/g, "[]")]);
  const both: Found[] = [];
  let [gone, added] = [before, after];
  for (const keyOf of [exactly, loosely]) {
    const left = groupedBy(gone, keyOf);
    added = added.filter((found) => {
      const partner = left.get(keyOf(found))?.shift();
      if (partner !== undefined) both.push(found);
      return partner === undefined;
    });
    gone = [...left.values()].flat();
  }
  return { both, added, gone };
}

function reported(
  state: ReportedFinding["state"],
  { level, rule, urn, path, message }: Found,
  step: Step | undefined,
): ReportedFinding {
  const type = typeOf(urn);
  const { namespace, name } = mapOf((step?.after ?? step?.before)?.metadata);
  const kind = kindOf(type);
  const id = textOf(name);
  return {
    ...{ state, level, rule, resource: `${kindIn(type)} ${nameOf(urn)}` },
    ...(kind !== undefined && id !== undefined && { object: { kind, namespace: textOf(namespace) ?? "", name: id } }),
    ...{ path, message },
  };
}

function inOrder(one: ReportedFinding, other: ReportedFinding): number {
  return (
    STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
    LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
    alphabetical(one.rule, other.rule) ||
    alphabetical(one.resource, other.resource) ||
    alphabetical(one.path, other.path)
  );
}

/** One finding in a line. */
export const findingText = ({ level, rule, resource, path, message }: ReportedFinding): string =>
  `${level}: ${rule} (${resource}): ${path === "" ? "" : `${path}: `}${message}`;

/** How many of each state there are, such as `2 new, 1 fixed, 4 as before`. */
export function findingCounts(findings: readonly ReportedFinding[]): string {
  const words = { new: "new", fixed: "fixed", before: "as before" } as const;
  return (["new", "fixed", "before"] as const)
    .flatMap((state) => {
      const count = findings.filter((finding) => finding.state === state).length;
      return count === 0 ? [] : [`${count} ${words[state]}`];
    })
    .join(", ");
}
