import { z } from "zod";
import { isHeaderName, isInternal, REQUEST_PSEUDO_HEADERS } from "../../istio/headers.ts";
import { headerValueProblems, isTakenByIstiod } from "../../istio/headerValue.ts";
import * as field from "../../lib/schema/fields.ts";
import { didYouMean } from "../../lib/schema/problems.ts";

/** Changes of the headers of one direction. */
export interface HeaderChanges {
  /**
   * Replaces the header, or adds it. A value may use Envoy's variables, such as `%PROTOCOL%` or `%REQ(x-request-id)%`;
   * `%%` is one percent sign.
   * @default - none
   */
  readonly set?: Readonly<Record<string, string>>;
  /**
   * Adds a value to those that are there.
   * @default - none
   */
  readonly add?: Readonly<Record<string, string>>;
  /**
   * Names of headers to take away.
   * @default - none
   */
  readonly remove?: readonly string[];
}

/**
 * Changes of headers, on the way to the service and on the way back.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers
 */
export interface HeaderOperations {
  /** @default - unchanged */
  readonly request?: HeaderChanges;
  /** @default - unchanged */
  readonly response?: HeaderChanges;
}

const JWT_CLAIM = /^@request\.auth\.claims(\.[^.[\]]+|\[[^[\]]+\])+$/;

const matchedError =
  "must be the name of a header in small letters, such as end-user; for the path, the method, the scheme and the authority there are uri, method, scheme and authority";

/** A header that requests are matched by; Istio ignores four names that are fields of the match itself. */
export const matchedHeader = z.string({ error: matchedError }).refine(
  (name) => {
    if (["uri", "scheme", "method", "authority"].includes(name)) return false;
    if (REQUEST_PSEUDO_HEADERS.has(name) || JWT_CLAIM.test(name)) return true;
    return isHeaderName(name) && name === name.toLowerCase();
  },
  { error: matchedError },
);

const headerNameError = "must be the name of a header, such as x-request-id";
export const headerName = z.string({ error: headerNameError }).refine(isHeaderName, { error: headerNameError });

const changeableError = "must be the name of a header that can be changed, which Host and names with a colon cannot";
const changeableHeader = z
  .string({ error: changeableError })
  .refine((name) => isHeaderName(name) && !isInternal(name), { error: changeableError });

// Envoy refuses all routes of a port for one variable that it does not know: they stay as they were.
const headerValue = z
  .string({ error: "must be the value of a header, as a string; put it in quotes" })
  .superRefine((value, context) => {
    for (const message of valueProblems(value)) context.addIssue({ code: "custom", message });
  });

const UNPRINTABLE = /[^\P{Cc}\t]/u;

function valueProblems(value: string): readonly string[] {
  if (UNPRINTABLE.test(value)) return ["must be the value of a header: one line, without control characters"];
  const problems = [...headerValueProblems(value, didYouMean)];
  return problems.length > 0 || isTakenByIstiod(value) ? problems : [NOT_TAKEN_BY_ISTIOD];
}

const NOT_TAKEN_BY_ISTIOD =
  "has a variable that Envoy takes and Istio does not: write no length behind it, no empty parentheses, no parenthesis in " +
  'its argument, no backslash at its end, and double quotes only as in %DYNAMIC_METADATA(["a", "b"])%';

const changes = field
  .section({
    set: field.named(changeableHeader, headerValue, "names of headers to values").exactOptional(),
    add: field.named(changeableHeader, headerValue, "names of headers to values").exactOptional(),
    remove: z.array(changeableHeader, { error: "must be a list of names of headers" }).exactOptional(),
  })
  .refine((all) => Object.keys(all).length > 0, { error: "must have one of set, add and remove", ...field.always });

export const headerOperations = field
  .section({ request: changes.exactOptional(), response: changes.exactOptional() })
  .refine((all) => Object.keys(all).length > 0, { error: "must have request or response", ...field.always });
