import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";
import type { PathMatch } from "../gateway/exposureSpecs.ts";

const PATH = /^\/[^\s?#]*$/;

const pathError = "must be a path that begins with a slash, without a query and a fragment, such as /productpage";
const signError =
  "must have none of *, { and }, which stand for themselves here: leave off that part and match by prefix, or by regex where there is one";

/** The path of a request, as requests are matched by. */
export const requestPath = z.string({ error: pathError }).superRefine((path, context) => {
  if (!PATH.test(path)) context.addIssue({ code: "custom", message: pathError });
  else if (/[*{}]/.test(path)) context.addIssue({ code: "custom", message: signError });
});

/** Paths by which a service is open to the outside. */
export const pathMatches = z
  .array(
    field
      .section({ exact: requestPath.exactOptional(), prefix: requestPath.exactOptional() })
      .refine((path) => Object.keys(path).length === 1, { error: "must have one of exact and prefix", ...field.always })
      .transform((path) => path as PathMatch),
    { error: "must be a list of paths, such as { prefix: /cart }" },
  )
  .min(1, { error: "must have one path or more, or be left out for all paths" });
