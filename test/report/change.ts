// A preview of a change, as the engine would write it down.
import { load } from "js-yaml";
import { judge, type Levels } from "../../policies/engine/judge.ts";
import { descriptionOf, PACK } from "../../policies/engine/reported.ts";
import { rules } from "../../policies/rules/index.ts";
import { eventsIn, stepsIn, type PreviewEvent } from "../../tools/preview/events.ts";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export type Finding = NonNullable<PreviewEvent["policyEvent"]>;

const typeOf = ({ apiVersion, kind }: Manifest): string =>
  `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;

const STACK = "urn:pulumi:dev::bookinfo-mesh::pulumi:pulumi:Stack::bookinfo-mesh-dev";

/** The events of a preview in which these become those. */
export function eventsOf(
  before: readonly object[],
  after: readonly object[],
  findings: readonly Partial<Finding>[] = [],
): PreviewEvent[] {
  const keyed = (list: readonly object[]) =>
    new Map(
      (list as Manifest[]).map((one) => [`${typeOf(one)}::${one.metadata.namespace ?? ""}-${one.metadata.name}`, one]),
    );
  const [old, next] = [keyed(before), keyed(after)];
  const keys = [...new Set([...old.keys(), ...next.keys()])];
  const changes: Record<string, number> = {};
  const steps = keys.map((key) => {
    const [was, is] = [old.get(key), next.get(key)];
    const op =
      was === undefined
        ? "create"
        : is === undefined
          ? "delete"
          : JSON.stringify(was) === JSON.stringify(is)
            ? "same"
            : "update";
    changes[op] = (changes[op] ?? 0) + 1;
    const urn = `urn:pulumi:dev::bookinfo-mesh::${key}`;
    const state = (inputs: Manifest) => ({
      type: typeOf(inputs),
      urn,
      custom: true,
      parent: STACK,
      inputs,
      outputs: {},
    });
    return {
      resourcePreEvent: {
        planning: true,
        metadata: {
          op,
          urn,
          type: key.split("::")[0],
          logical: true,
          provider: "",
          ...(was && { old: state(was) }),
          ...(is && { new: state(is) }),
        },
      },
    };
  });
  return numbered([
    ...steps,
    ...findings.map((policyEvent) => ({ policyEvent })),
    { summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: changes, policyPacks: {} } },
  ]);
}

/** A resource beside the manifests, such as one of the cloud. */
export interface Changed {
  readonly type: string;
  readonly name: string;
  readonly before?: object;
  readonly after?: object;
  readonly op?: string;
  /** The inputs that change, and those that make a replacement necessary. */
  readonly diffs?: readonly string[];
  readonly keys?: readonly string[];
  readonly outputs?: object;
}

/** The same preview, in which these resources change as well. */
export function withSteps(events: readonly PreviewEvent[], changed: readonly Changed[]): PreviewEvent[] {
  const steps = changed.map(({ type, name, before, after, outputs = {}, diffs = [], keys = [], ...rest }) => {
    const { op = before === undefined ? "create" : after === undefined ? "delete" : "update" } = rest;
    const urn = `urn:pulumi:dev::bookinfo-mesh::${type}::${name}`;
    const state = (inputs: object) => ({ type, urn, custom: true, parent: STACK, inputs, outputs });
    const sides = { ...(before && { old: state(before) }), ...(after && { new: state(after) }) };
    const metadata = { op, urn, type, logical: true, provider: "", diffs, keys, ...sides };
    return { resourcePreEvent: { planning: true, metadata } };
  });
  const counted = events.map((event) => {
    const changes: Record<string, number> = { ...event.summaryEvent?.resourceChanges };
    for (const { resourcePreEvent } of steps) {
      changes[resourcePreEvent.metadata.op] = (changes[resourcePreEvent.metadata.op] ?? 0) + 1;
    }
    return event.summaryEvent ? { ...event, summaryEvent: { ...event.summaryEvent, resourceChanges: changes } } : event;
  });
  return [...numbered(steps), ...counted];
}

/** Events, as a log has them: text that is read. */
const numbered = (events: readonly object[]): PreviewEvent[] =>
  eventsIn(events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 0, ...event })}\n`).join(""));

/** What the policy pack would say of the state that a preview ends in. */
export function withFindings(events: readonly PreviewEvent[], levels: Levels): PreviewEvent[] {
  const declared = stepsIn(events).flatMap(({ after, type, name, urn }) =>
    after === undefined ? [] : [{ type, name, urn, inputs: after }],
  );
  const found = judge(rules, levels, declared).found.map(({ rule, level, object, text }) => ({
    policyEvent: {
      ...{ policyName: rule.id, enforcementLevel: level, resourceUrn: object.urn, color: "never" },
      ...{ policyPackName: PACK, policyPackVersion: "0.1.0", policyPackVersionTag: "0.1.0" },
      message: `${descriptionOf(rule)}\n${text}\n`,
    },
  }));
  const ended = { policyAnalyzeStackSummaryEvent: { policyPackName: PACK } };
  return [...numbered([...found, ended]), ...events];
}

/** Manifests of a text, one after the other. */
export const manifests = (text: string): object[] =>
  text
    .split(/^---$/m)
    .filter((part) => part.trim() !== "")
    .map((part) => load(part) as object);
