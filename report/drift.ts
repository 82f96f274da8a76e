// What is not as the last deployment left it, by a preview that looks at everything first. Values stay out of it: the place says
// where to look.
import { kindIn, nameOf, stepsIn, type PreviewEvent } from "../tools/preview/events.ts";
import { alphabetical } from "../istio/routing/world.ts";
import { fitted } from "./budget.ts";
import { cell } from "./markdown.ts";
import { counted } from "./stackReport.ts";

/** A resource that somebody, or something, has changed. */
export interface Drifted {
  /** Kind and name. */
  readonly resource: string;
  /** By which its provider knows it, such as `bookinfo/reviews-routes`. */
  readonly id: string;
  /** Whether it is gone. */
  readonly isGone: boolean;
  /** What is otherwise, as paths in it. */
  readonly paths: readonly string[];
}

export interface Drift {
  readonly stack: string;
  readonly drifted: readonly Drifted[];
}

/**
 * What differs, and what a deployment would put back: a field that a controller keeps, and that the program says nothing about, is
 * none of it.
 */
export function driftIn(stack: string, events: readonly PreviewEvent[]): Drift {
  const putBack = new Set(stepsIn(events).flatMap(({ op, urn }) => (op === "same" ? [] : [urn])));
  const drifted = events.flatMap(({ resOutputsEvent }): Drifted[] => {
    const step = resOutputsEvent?.metadata;
    if (step?.op !== "refresh" || !putBack.has(step.urn)) return [];
    const isGone = !step.new;
    const paths = Object.keys(step.detailedDiff ?? {}).sort();
    if (!isGone && paths.length === 0) return [];
    return [
      {
        resource: `${kindIn(step.type)} ${nameOf(step.urn)}`,
        id: step.old?.id ?? "",
        isGone,
        paths: isGone ? [] : paths,
      },
    ];
  });
  return { stack, drifted: drifted.toSorted((one, other) => alphabetical(one.resource, other.resource)) };
}

/** By which the issue of a stack is known again. */
export const driftMark = (stack: string): string => `<!-- mesh-drift ${stack} -->`;

export const driftTitle = ({ stack }: Drift): string => `The stack ${stack} is not as it was deployed`;

/** The text of the issue; undefined where there is nothing to say. */
export function driftText(drift: Drift): string | undefined {
  const { stack, drifted } = drift;
  if (drifted.length === 0) return undefined;
  const heads = drifted.map(
    ({ resource, id, isGone }) => `- ${cell(resource)} (${cell(id)})${isGone ? " is gone" : ""}`,
  );
  const whole = heads.map((head, index) =>
    [head, ...(drifted[index]?.paths ?? []).map((path) => `  - ${cell(path)}`)].join("\n"),
  );
  const summary = `${counted(drifted.length, "resource")} ${drifted.length === 1 ? "is" : "are"} not as the last deployment left ${drifted.length === 1 ? "it" : "them"}.`;
  const wayOut = [
    `\`make up STACK=${stack} ARGS=--refresh\` puts them back. What is to stay goes into the stack file.`,
    "This issue is closed once everything is as it was deployed.",
  ].join("\n");
  return fitted([
    { versions: [`${driftMark(stack)}\n${summary}`] },
    { versions: [wayOut] },
    { versions: [whole.join("\n"), heads.join("\n"), ""] },
  ]);
}
