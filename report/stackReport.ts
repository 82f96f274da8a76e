// What a preview means, in the order in which somebody who reviews a change wants to know it.
import { attentionText } from "../tools/preview/attention.ts";
import { costText } from "../tools/preview/cost.ts";
import { changesOf, countsText } from "../tools/preview/counts.ts";
import { nameOf, regionIn, stepsIn, type PreviewEvent, type Step } from "../tools/preview/events.ts";
import { errorsText, isWhole } from "../tools/preview/findings.ts";
import { reachText } from "../tools/preview/reach.ts";
import { timeText } from "../tools/preview/time.ts";
import { alphabetical } from "../istio/routing/world.ts";
import type { Measured } from "./measured.ts";
import { worldOf, type Resource } from "./objects.ts";
import { trafficChange, type TrafficChange } from "./traffic.ts";

export interface ReportedFinding {
  /** `mandatory`, `remediate` or `advisory`. */
  readonly level: string;
  readonly rule: string;
  /** Kind and name of the resource. */
  readonly resource: string;
  readonly message: string;
}

/** A resource that changes. */
export interface Change {
  readonly op: string;
  readonly resource: string;
  /** The component that it belongs to; empty for one of the stack itself. */
  readonly component: string;
}

export interface StackReport {
  readonly stack: string;
  /** One line that says whether to look further. */
  readonly verdict: string;
  /** How many resources change. */
  readonly changes: number;
  readonly traffic: TrafficChange;
  /** Steps without a way back, replacements and deletions. */
  readonly attention: readonly string[];
  readonly findings: readonly ReportedFinding[];
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

/** Reads the events of a preview. */
export function stackReport(stack: string, events: readonly PreviewEvent[]): StackReport {
  const steps = stepsIn(events);
  const resources = (when: "before" | "after"): Resource[] => steps.map((step) => ({ ...step, inputs: step[when] }));
  const changes = changesOf(steps);
  const knowsAll = isWhole(events);
  const told = {
    stack,
    changes,
    // What a failed preview never came to would look as if it were deleted.
    traffic: knowsAll ? trafficChange(worldOf(resources("before")), worldOf(resources("after"))) : NOTHING,
    attention: attentionText(steps),
    findings: findingsIn(events),
    counts: countsText(events, steps).map((line) => line.replace(/^[+~ -]+/, "")),
    resources: changedIn(steps),
    reach: knowsAll && changes > 0 ? changedLines(reachText(steps)) : [],
    cost: knowsAll && changes > 0 ? costText(steps, regionIn(events)) : [],
    time: knowsAll && changes > 0 ? timeText(steps) : [],
    errors: errorsText(events),
  };
  return { ...told, verdict: verdictOf(told) };
}

const NOTHING: TrafficChange = { moved: [], losing: [], unreached: [], undecided: [], compared: 0 };

/** What is as it was needs no reader. */
const changedLines = (lines: readonly string[]) => lines.filter((line) => /^(new|no longer):/.test(line));

/** What is replaced and deleted stands first. */
const ORDER = ["replace", "delete", "create", "update"];

function changedIn(steps: readonly Step[]): Change[] {
  const rank = ({ op }: Change) => (ORDER.includes(op) ? ORDER.indexOf(op) : ORDER.length);
  return steps
    .filter(({ op }) => !["same", "read", "refresh"].includes(op))
    .map(({ op, type, name, parent = "" }) => ({
      op,
      resource: `${kindIn(type)} ${name}`,
      component: parent.includes("::pulumi:pulumi:Stack::") ? "" : nameOf(parent),
    }))
    .toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        alphabetical(one.component, other.component) ||
        alphabetical(one.resource, other.resource),
    );
}

const kindIn = (type: string): string => type.split(":").at(-1) ?? type;

const LEVELS = ["mandatory", "remediate", "advisory"];

function findingsIn(events: readonly PreviewEvent[]): ReportedFinding[] {
  return events
    .flatMap(({ policyEvent }) => policyEvent ?? [])
    .map(({ enforcementLevel, policyName, resourceUrn = "", message }) => ({
      level: enforcementLevel,
      rule: policyName,
      resource: `${kindIn(resourceUrn.split("::")[2]?.split("$").pop() ?? "")} ${nameOf(resourceUrn)}`,
      message: message.trim().replaceAll(/\s*\n\s*/g, " "),
    }))
    .toSorted(
      (one, other) =>
        LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
        alphabetical(one.rule, other.rule) ||
        alphabetical(one.resource, other.resource),
    );
}

function verdictOf({ errors, changes, traffic, attention, findings }: Omit<StackReport, "verdict">): string {
  if (errors.length > 0) return "the preview fails";
  const forbidden = findings.filter(({ level }) => level === "mandatory").length;
  if (forbidden > 0) return `${counted(forbidden, "rule")} ${forbidden === 1 ? "forbids" : "forbid"} this`;
  if (changes === 0) return "nothing changes";
  const lost = traffic.moved.filter(({ isLost }) => isLost).length;
  const others = traffic.moved.length - lost;
  const kinds = (count: number, one: string, several: string) =>
    count === 1 ? `1 kind of request ${one}` : `${count} kinds of requests ${several}`;
  const parts = [
    ...(lost > 0
      ? [kinds(lost, "is no longer answered by its service", "are no longer answered by their service")]
      : []),
    ...(traffic.losing.length > 0
      ? [`${traffic.losing.join(", ")} ${traffic.losing.length === 1 ? "gets" : "get"} no more requests`]
      : []),
    ...(others > 0 ? [kinds(others, "moves", "move")] : []),
    ...(attention.length > 0 ? [`${counted(attention.length, "step")} to look at`] : []),
  ];
  return parts.length === 0
    ? `${counted(changes, "resource")} ${changes === 1 ? "changes" : "change"}, no request moves`
    : parts.join("; ");
}

export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
