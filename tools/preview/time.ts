// How long a change takes, roughly: what AWS and the charts are known to take, one phase after the other.
import type { Step } from "./events.ts";

interface Slow {
  readonly phase: string;
  readonly type: RegExp;
  readonly ops: readonly string[];
  /** Minutes, at least and at most. What goes on at the same time is counted once. */
  readonly minutes: readonly [number, number];
}

const MADE = ["create", "replace"];
const GONE = ["delete", "replace"];

/**
 * In the order of an `up`. A control plane takes 10 minutes at the least, and 13 to 16 in most regions by
 * https://easontechtalk.com/unofficial-eks-cluster-creation-performance; the others are what teams see, where AWS says "several
 * minutes", and a Release waits five minutes at the most.
 */
const SLOW: readonly Slow[] = [
  { phase: "network", type: /^aws:ec2\/(natGateway|vpcEndpoint):/, ops: MADE, minutes: [2, 4] },
  { phase: "control plane", type: /^aws:eks\/cluster:/, ops: MADE, minutes: [10, 16] },
  { phase: "control plane", type: /^aws:eks\/cluster:/, ops: ["update"], minutes: [3, 12] },
  { phase: "nodes", type: /^aws:eks\/nodeGroup:/, ops: MADE, minutes: [2, 5] },
  // A third of the nodes at a time, under the budgets of their pods.
  { phase: "nodes", type: /^aws:eks\/nodeGroup:/, ops: ["update"], minutes: [1, 20] },
  { phase: "add-ons", type: /^aws:eks\/addon:/, ops: [...MADE, "update"], minutes: [1, 3] },
  { phase: "charts and pods", type: /^kubernetes:(helm|apps)/, ops: [...MADE, "update"], minutes: [1, 10] },
  { phase: "deletion of nodes", type: /^aws:eks\/nodeGroup:/, ops: GONE, minutes: [3, 15] },
  { phase: "deletion of the cluster", type: /^aws:eks\/cluster:/, ops: GONE, minutes: [5, 10] },
];

/** How long it takes; nothing where nothing slow changes. */
export function timeText(steps: readonly Step[]): string[] {
  const phases = new Map<string, readonly [number, number]>();
  for (const { phase, type, ops, minutes } of SLOW) {
    if (!steps.some((step) => type.test(step.type) && ops.includes(step.op))) continue;
    const [least, most] = phases.get(phase) ?? [0, 0];
    phases.set(phase, [Math.max(least, minutes[0]), Math.max(most, minutes[1])]);
  }
  if (phases.size === 0) return [];
  const all = [...phases.values()];
  const total = range([0, 1].map((end) => all.reduce((sum, minutes) => sum + (minutes[end] ?? 0), 0)));
  const parts = [...phases].map(([phase, minutes]) => `${phase} ${range(minutes)}`).join(", ");
  return [`about ${total} minutes: ${parts}`];
}

const range = (minutes: readonly number[]): string => minutes.join(" to ");
