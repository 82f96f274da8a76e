// What a preview means, in the order in which somebody who reviews a change wants to know it.
import { attentionText } from "../tools/preview/attention.ts";
import { costText } from "../tools/preview/cost.ts";
import { changesOf, countsText } from "../tools/preview/counts.ts";
import { kindIn, nameOf, regionIn, stepsIn, type PreviewEvent, type Step } from "../tools/preview/events.ts";
import { errorsText, isWhole } from "../tools/preview/findings.ts";
import { reachText } from "../tools/preview/reach.ts";
import { timeText } from "../tools/preview/time.ts";
import { alphabetical } from "../istio/routing/world.ts";
import type { Levels } from "../policies/engine/judge.ts";
import { chartChange, type ChartChange, type RenderedRelease } from "./charts/charts.ts";
import { findingsIn, type ReportedFinding } from "./findings.ts";
import type { Measured } from "./measured.ts";
import { SIGNATURE, worldOf, type Resource } from "./objects.ts";
import { noRates, withRates, type Rates } from "./rates.ts";
import { trafficChange, type TrafficChange } from "./traffic.ts";

/** A resource that changes. */
export interface Change {
  readonly op: string;
  readonly resource: string;
  /** The component that it belongs to; empty for one of the stack itself. */
  readonly component: string;
}

/** A change in a line. */
export const changeText = ({ op, resource, component }: Change): string =>
  `${op} ${resource}${component === "" ? "" : ` (${component})`}`;

export interface StackReport {
  readonly stack: string;
  /** One line that says whether to look further. */
  readonly verdict: string;
  /** How many resources change. */
  readonly changes: number;
  readonly traffic: TrafficChange;
  /** Where the requests a minute are from; or why there are none. */
  readonly rates: string;
  /** Steps without a way back, replacements and deletions. */
  readonly attention: readonly string[];
  readonly findings: readonly ReportedFinding[];
  /** What the charts make of their new inputs. */
  readonly charts: readonly ChartChange[];
  /** What could not be told, and why. */
  readonly undecided: readonly string[];
  readonly counts: readonly string[];
  readonly resources: readonly Change[];
  readonly reach: readonly string[];
  readonly cost: readonly string[];
  readonly time: readonly string[];
  /** Why the preview failed; empty if it did not. */
  readonly errors: readonly string[];
  /** What requests came to on a mesh of its own, where that was asked for. */
  readonly measured?: Measured;
}

/** What is known of a stack beside its preview. */
export interface Beside {
  /**
   * The levels of the policy pack for the stack.
   * @default - those that the rules bring along
   */
  readonly levels?: Levels;
  /**
   * The releases whose inputs change, rendered on both sides.
   * @default - none is compared
   */
  readonly releases?: readonly RenderedRelease[];
  /**
   * How often hosts are called.
   * @default - nothing is known of that
   */
  readonly rates?: Rates;
}

/** Reads the events of a preview. */
export function stackReport(
  stack: string,
  events: readonly PreviewEvent[],
  { levels = {}, releases = [], rates = noRates("nobody was asked") }: Beside = {},
): StackReport {
  const steps = stepsIn(events);
  const { findings, waiting } = findingsIn(events, steps, levels);
  const resources = (when: "before" | "after"): Resource[] => steps.map((step) => ({ ...step, inputs: step[when] }));
  const changes = changesOf(steps);
  const knowsAll = isWhole(events);
  // What a failed preview never came to would look as if it were deleted.
  const traffic = knowsAll
    ? withRates(trafficChange(worldOf(resources("before")), worldOf(resources("after"))), rates)
    : NOTHING;
  const charts = releases.map(chartChange).toSorted((one, other) => alphabetical(one.release, other.release));
  const told = {
    stack,
    changes,
    traffic,
    rates: rates.source,
    attention: [...attentionText(steps), ...charts.flatMap(lostKindsText)],
    // Nor is mended what it never judged.
    findings: knowsAll ? findings : findings.filter(({ state }) => state !== "fixed"),
    charts,
    undecided: [...traffic.undecided, ...charts.flatMap(({ undecided }) => undecided), ...waitingText(waiting)],
    counts: countsText(events, steps).map((line) => line.replace(/^[+~ -]+/, "")),
    resources: changedIn(steps),
    reach: knowsAll && changes > 0 ? changedLines(reachText(steps)) : [],
    cost: knowsAll && changes > 0 ? costText(steps, regionIn(events)) : [],
    time: knowsAll && changes > 0 ? timeText(steps) : [],
    errors: errorsText(events),
  };
  return { ...told, verdict: verdictOf(told) };
}

const lostKindsText = ({ release, lostKinds }: ChartChange): string[] =>
  lostKinds.map((name) => `${release} no longer defines ${name}: with the definition go all objects of its kind`);

function waitingText(rules: readonly string[]): string[] {
  if (rules.length === 0) return [];
  const who = rules.length === 1 ? "1 rule waits" : `${rules.length} rules wait`;
  return [`${who} for values that only the deployment tells: ${rules.join(", ")}`];
}

const NOTHING: TrafficChange = {
  ...{ moved: [], losing: [], copied: [], unreached: [], unanswered: [], undecided: [] },
  compared: 0,
};

/** What is as it was needs no reader. */
const changedLines = (lines: readonly string[]) => lines.filter((line) => /^(new|no longer):/.test(line));

/** What is replaced and deleted stands first. */
const ORDER = ["replace", "delete", "create", "update"];

function changedIn(steps: readonly Step[]): Change[] {
  const rank = ({ op }: Change) => (ORDER.includes(op) ? ORDER.indexOf(op) : ORDER.length);
  return steps
    .filter(({ op }) => !["same", "read", "refresh"].includes(op))
    .map((step) => ({ ...step, parent: step.parent ?? "" }))
    .map(({ op, type, name, parent, ...inputs }) => ({
      op,
      resource: `${kindIn(type)} ${name}${onlySecretsChange(op, inputs) ? ", secret values alone" : ""}`,
      component: parent.includes("::pulumi:pulumi:Stack::") ? "" : nameOf(parent),
    }))
    .toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        alphabetical(one.component, other.component) ||
        alphabetical(one.resource, other.resource),
    );
}

const SECRET = ["[secret]", SIGNATURE];

/** The engine blinds what is secret, so that both sides look the same. */
const onlySecretsChange = (op: string, { before, after }: Pick<Step, "before" | "after">): boolean =>
  ["update", "replace"].includes(op) &&
  JSON.stringify(before) === JSON.stringify(after) &&
  SECRET.some((mark) => JSON.stringify(after ?? {}).includes(mark));

/** The findings for which the engine refuses the change. */
export const forbiddingIn = (findings: readonly ReportedFinding[]): ReportedFinding[] =>
  findings.filter(({ level, state }) => level === "mandatory" && state !== "fixed");

function verdictOf({ errors, changes, traffic, attention, findings, reach }: Omit<StackReport, "verdict">): string {
  if (errors.length > 0) return "the preview fails";
  const forbidding = forbiddingIn(findings);
  if (forbidding.length > 0) {
    const old = forbidding.filter(({ state }) => state === "before").length;
    const isOld = old === 0 ? "" : old === forbidding.length ? ", as before" : `, ${old} as before`;
    return `${counted(forbidding.length, "finding")} ${forbidding.length === 1 ? "forbids" : "forbid"} this${isOld}`;
  }
  if (changes === 0) return "nothing changes";
  const lost = traffic.moved.filter(({ isLost }) => isLost).length;
  const others = traffic.moved.length - lost;
  const opened = reach.filter((line) => line.startsWith("new: ")).length;
  const kinds = (count: number, one: string, several: string) =>
    count === 1 ? `1 kind of request ${one}` : `${count} kinds of requests ${several}`;
  const parts = [
    ...(lost > 0
      ? [kinds(lost, "is no longer answered by its service", "are no longer answered by their service")]
      : []),
    ...(traffic.losing.length > 0
      ? [`${traffic.losing.join(", ")} ${traffic.losing.length === 1 ? "gets" : "get"} no more requests`]
      : []),
    ...(traffic.copied.length > 0
      ? [`${traffic.copied.join(", ")} ${traffic.copied.length === 1 ? "gets" : "get"} nothing but copies`]
      : []),
    ...(others > 0 ? [kinds(others, "moves", "move")] : []),
    ...(opened > 0 ? [`the internet gets ${counted(opened, "new way")} in`] : []),
    ...(attention.length > 0 ? [`${counted(attention.length, "step")} to look at`] : []),
  ];
  return parts.length === 0
    ? `${counted(changes, "resource")} ${changes === 1 ? "changes" : "change"}, no request moves`
    : parts.join("; ");
}

export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Pods that the change takes requests from. */
export const losingText = ({ losing, copied }: TrafficChange): string[] => [
  ...losing.map((name) => `${name} got requests and gets none any more`),
  ...copied.map((name) => `${name} got requests and gets nothing but copies of them`),
];

/** What nobody reaches once the change is made, beside what it takes requests from. */
export function unreachedText({ losing, unreached, unanswered }: TrafficChange): string[] {
  const pods = unreached.filter((name) => !losing.includes(name));
  return [
    ...(pods.length === 0 ? [] : [`no request reaches the pods of ${pods.join(", ")}`]),
    ...(unanswered.length === 0 ? [] : [`nobody gets an answer of pods from ${unanswered.join(", ")}`]),
  ];
}
