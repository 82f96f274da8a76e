import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { didYouMean, kindOf, pathText } from "../settings/problems";

/** A wrong argument. The words never quote its value, which may be a secret. */
export interface ArgumentProblem {
  /** Leads to it from the component's arguments, e.g. `routes[0].to.v3`. */
  readonly path: string;
  /** What is wrong, and the way out. */
  readonly reason: string;
}

/** Takes note of something wrong, at a path from the arguments that are checked. */
export type Report = (path: readonly PropertyKey[], reason: string) => void;

/** Reports what is wrong as issues of a schema. */
export const reporting =
  (context: z.core.$RefinementCtx): Report =>
  (path, message) => {
    context.addIssue({ code: "custom", path: [...path], message });
  };

/** Everything that is wrong with the arguments, all at once; empty if they are fine. */
export function problemsOf(schema: z.ZodType, args: unknown): ArgumentProblem[] {
  const { error } = schema.safeParse(args);
  return (error?.issues ?? [])
    .flatMap((issue) => problems(issue, args))
    .map(({ path, reason }) => ({ path: pathText(path), reason }));
}

/**
 * Checks the arguments of a component before it creates anything.
 *
 * @param what the component in the words of its user, e.g. `the routing of reviews`
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export function checkArguments(what: string, schema: z.ZodType, args: unknown): void {
  const errors = problemsOf(schema, args);
  if (errors.length === 0) return;
  throw new pulumi.InputPropertiesError({
    message: `${what} cannot work: ${errors.map(({ path, reason }) => `${path} ${reason}`).join("; ")}`,
    errors: errors.map(({ path, reason }) => ({ propertyPath: path, reason })),
  });
}

function problems(
  issue: z.core.$ZodIssue,
  args: unknown,
): { readonly path: readonly PropertyKey[]; readonly reason: string }[] {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys") {
    // The message is the list of the names that are known: see `section` in settings/fields.ts.
    const known = message.split(",");
    return issue.keys.map((key) => {
      const meant = didYouMean(key, known);
      const hint = meant === undefined ? `there are ${known.join(", ")}` : `did you mean ${meant}?`;
      return { path: [...path, key], reason: `is no argument; ${hint}` };
    });
  }
  if (issue.code === "custom") return [{ path, reason: message }];
  const value = path.reduce<unknown>((part, key) => (Object(part) as Record<PropertyKey, unknown>)[key], args);
  return [{ path, reason: value === undefined ? `is missing; it ${message}` : `${message}; it is ${kindOf(value)}` }];
}
