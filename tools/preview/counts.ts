import type { PreviewEvent, Step } from "./events.ts";

/** As the engine writes them. */
const SIGNS: Readonly<Record<string, string>> = { create: "+ ", update: "~ ", replace: "+-", delete: "- " };

/** How many resources would be created, updated, replaced and deleted, and of whose they are. */
export function countsText(events: readonly PreviewEvent[], steps: readonly Step[]): string[] {
  const summary = events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent;
  const counts: Readonly<Record<string, number>> = summary?.resourceChanges ?? countedBy(steps, ({ op }) => op);
  const changed = Object.entries(counts).filter(([op, count]) => op !== "same" && count > 0);
  const order = [...Object.keys(SIGNS), ...changed.map(([op]) => op)];
  const lines = changed
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([op, count]) => `${SIGNS[op] ?? "  "}${count} to ${op}${owners(steps.filter((step) => step.op === op))}`);
  return [...lines, ...(counts.same === undefined ? [] : [`  ${counts.same} unchanged`])];
}

/** What leaves a resource as it is. */
const NO_CHANGES = ["same", "read", "refresh"];

/** How many resources would change. */
export const changesOf = (steps: readonly Step[]): number => steps.filter(({ op }) => !NO_CHANGES.includes(op)).length;

/** By whom they are served: the beginning of a type is the name of its package. */
function owners(steps: readonly Step[]): string {
  const counts = Object.entries(countedBy(steps, ({ type }) => type.split(":")[0] ?? ""));
  if (counts.length === 0) return "";
  return `: ${counts
    .toSorted(([, one], [, other]) => other - one)
    .map(([owner, count]) => `${owner} ${count}`)
    .join(", ")}`;
}

function countedBy(steps: readonly Step[], keyOf: (step: Step) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const step of steps) counts[keyOf(step)] = (counts[keyOf(step)] ?? 0) + 1;
  return counts;
}
