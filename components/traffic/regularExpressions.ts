import { z } from "zod";
import { isTooLarge, regexProblem } from "../../istio/regularExpressions.ts";

/** A regular expression in RE2's syntax, which has to match the whole value. */
export const regularExpression = z
  .string({ error: "must be a regular expression, as a string" })
  .superRefine((expression, context) => {
    const problem = regexProblem(expression);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    else if (isTooLarge(expression)) {
      context.addIssue({ code: "custom", message: "repeats too much for Envoy: let it repeat less, such as {1,50}" });
    }
  });
