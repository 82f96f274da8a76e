import type { Problem } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";

/** How much of the project a stack is. */
export const scopes = ["all", "cluster"] as const;
export type Scope = (typeof scopes)[number];

/** What a cluster alone has settings for; all else is about the mesh in it. */
const CLUSTER = ["profile", "scope", "cluster"];

/**
 * What is wrong with a stack that is to be a cluster alone.
 *
 * @param keys all that a stack file can have
 */
export function* scopeProblems(
  raw: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Iterable<{ path: string[] } & Pick<Problem, "reason">> {
  if (raw.scope !== "cluster") return;
  if (!Object.hasOwn(mapOf(raw.cluster), "eks")) {
    yield {
      path: ["cluster"],
      reason: "must have eks where the stack is a cluster alone: there is nothing else to make",
    };
  }
  for (const key of keys) {
    if (CLUSTER.includes(key) || saysNothing(raw[key])) continue;
    const reason =
      "has no place in a stack that is a cluster alone: move it to the stack of the mesh, or leave mesh:scope out";
    yield { path: [key], reason };
  }
}

/** Whether it is what Pulumi.yaml has for a stack file that leaves the key out: the engine hands that to the program. */
function saysNothing(value: unknown): boolean {
  if (value === undefined || value === "none") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
