import type { z } from "zod";
import { pathText, problemsOf as found, type Problem } from "../lib/schema/problems.ts";

/** Takes note of something wrong, at a path from the arguments that are checked. */
export type Report = (path: readonly PropertyKey[], reason: string) => void;

/** Reports what is wrong as issues of a schema. */
export const reporting =
  (context: z.core.$RefinementCtx): Report =>
  (path, message) => {
    context.addIssue({ code: "custom", path: [...path], message });
  };

/** Everything that is wrong with the arguments, all at once; empty if they are fine. */
export function problemsOf(schema: z.ZodType, args: unknown): Problem[] {
  const { error } = schema.safeParse(args);
  return found(error?.issues ?? [], args, "argument").map(({ path, reason }) => ({ path: pathText(path), reason }));
}
