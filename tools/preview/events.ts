// What the engine says of a preview, event by event, as it writes it down with --event-log: JSON, an event a line. Values
// that are secret are blinded in it.
import type { EngineEvent, PolicyEvent } from "@pulumi/pulumi/automation/events.js";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";

/** A finding of a policy pack, of which the SDK's types know less than the engine says. */
export type Finding = Omit<PolicyEvent, "enforcementLevel"> & {
  readonly enforcementLevel: string;
  readonly severity?: string;
};

export type PreviewEvent = Omit<EngineEvent, "policyEvent"> & {
  readonly policyEvent?: Finding;
  /** That a pack has judged the stack as a whole, with findings or without. */
  readonly policyAnalyzeStackSummaryEvent?: { readonly policyPackName: string };
};

/** The events of a log. The last line is cut short where the engine was killed, and then left out. */
export function eventsIn(log: string): PreviewEvent[] {
  const whole = log.split("\n").slice(0, -1);
  return whole.map((line) => JSON.parse(line.replaceAll(COLOR, "")) as PreviewEvent);
}

/** What it says of what goes wrong. */
export const errorsIn = (events: readonly PreviewEvent[]): string[] =>
  events.flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : []));

/** How the engine marks colors, where it prints in colors. */
const COLOR = /<\{%[^%]*%\}>/g;

/** A resource, and what would become of it. */
export interface Step {
  /** What the engine would do: create, update, replace, delete, same and the like. */
  readonly op: string;
  /** The type token, e.g. `aws:eks/cluster:Cluster`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** URN of the component that it belongs to. */
  readonly parent: string | undefined;
  /** Its inputs as they are; none of what is to be created. */
  readonly before: Untrusted | undefined;
  /** Its inputs as they would be; none of what is to be deleted. */
  readonly after: Untrusted | undefined;
  /** What it became when it was last deployed. */
  readonly deployed?: Untrusted | undefined;
  /** Whether the engine refuses to delete it, as it is and as it would be. */
  readonly isProtected: { readonly before: boolean; readonly after: boolean };
  /** The inputs that change, also those whose values are secret. */
  readonly changed: readonly string[];
  /** The inputs that make a replacement necessary. */
  readonly because: readonly string[];
}

/** What would become of each resource, once each: a replacement is one step, not three. */
export function stepsIn(events: readonly PreviewEvent[]): Step[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const step = resourcePreEvent?.metadata;
    // Providers of a default make themselves.
    if (step?.logical !== true || isDefaultProvider(step.type, nameOf(step.urn)) || LOOKS.test(step.op)) return [];
    const isDeleted = step.op === "delete";
    return {
      op: step.op,
      type: step.type,
      name: nameOf(step.urn),
      urn: step.urn,
      parent: (step.new ?? step.old)?.parent,
      before: step.old ? mapOf(step.old.inputs) : undefined,
      after: step.new && !isDeleted ? mapOf(step.new.inputs) : undefined,
      deployed: step.old ? mapOf(step.old.outputs) : undefined,
      isProtected: { before: step.old?.protect === true, after: step.new?.protect === true },
      changed: step.diffs ?? [],
      because: step.keys ?? [],
    };
  });
}

/** What the engine does with what the stack only looks at: it belongs to somebody else, who counts it. */
const LOOKS = /^(read|discard)(-|$)/;

export const nameOf = (urn: string): string => urn.split("::").pop() ?? "";

/** The type of the resource: those of its parents stand before it in the URN. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";

/** The last part of a type, as people call it, such as `Deployment`. */
export const kindIn = (type: string): string => type.split(":").at(-1) ?? type;

/** How a rule is enforced, what forbids a change first. */
export const LEVELS: readonly string[] = ["mandatory", "remediate", "advisory"];

const isDefaultProvider = (type: string, name: string): boolean =>
  type.startsWith("pulumi:providers:") && /^default($|_)/.test(name);

/** The region of AWS in which the stack is, if it says one. */
export const regionIn = (events: readonly PreviewEvent[]): string =>
  events.find(({ preludeEvent }) => preludeEvent)?.preludeEvent?.config["aws:region"] ?? "";

/** The value at a path of an input, e.g. `vpcConfig.publicAccessCidrs`. */
export const valueAt = (inputs: Untrusted | undefined, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => mapOf(value)[key], inputs);
