import type { Problem } from "../lib/schema/problems";
import { fields } from "./combinations";

/** How much of the project a stack is. */
export const scopes = ["all", "cluster"] as const;

/** What goes into the mesh, and has no place in a stack that has none. */
const MESH = ["istio", "bookinfo", "applications", "traffic", "trafficFiles", "scenario"];

/** What is wrong with a stack that is to be a cluster alone. */
export function* scopeProblems(
  raw: Readonly<Record<string, unknown>>,
): Iterable<{ path: string[] } & Pick<Problem, "reason">> {
  if (raw.scope !== "cluster") return;
  if (!Object.hasOwn(fields(raw.cluster), "eks")) {
    yield {
      path: ["cluster"],
      reason: "must have eks where the stack is a cluster alone: there is nothing else to make",
    };
  }
  for (const key of MESH) {
    if (!Object.hasOwn(raw, key)) continue;
    const reason =
      "has no place in a stack that is a cluster alone: move it to the stack of the mesh, or leave mesh:scope out";
    yield { path: [key], reason };
  }
}
