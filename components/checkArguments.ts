import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { problemsOf } from "./arguments.ts";

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
