import { z } from "zod";
import * as field from "../../lib/schema/fields";

/** Changes of the headers of one direction. */
export interface HeaderChanges {
  /**
   * Replaces the header, or adds it. A value may use Envoy's variables, such as `%PROTOCOL%`; `%%` is one percent sign.
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

const TOKEN = /^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/;
const PSEUDO_HEADERS = [":method", ":scheme", ":authority", ":path"];
const JWT_CLAIM = /^@request\.auth\.claims(\.[^.[\]]+|\[[^[\]]+\])+$/;

const matchedError =
  "must be the name of a header in small letters, such as end-user; for the path, the method, the scheme and the authority there are uri, method, scheme and authority";

/** A header that requests are matched by; Istio ignores four names that are fields of the match itself. */
export const matchedHeader = z.string({ error: matchedError }).refine(
  (name) => {
    if (["uri", "scheme", "method", "authority"].includes(name)) return false;
    return PSEUDO_HEADERS.includes(name) || JWT_CLAIM.test(name) || (TOKEN.test(name) && name === name.toLowerCase());
  },
  { error: matchedError },
);

export const headerName = field.text(TOKEN, "must be the name of a header, such as x-request-id");

const changeableError = "must be the name of a header that can be changed, which Host and names with a colon cannot";
const changeableHeader = field
  .text(TOKEN, changeableError)
  .refine((name) => name.toLowerCase() !== "host", { error: changeableError });

const valueError =
  "must be the value of a header: a string in one line, in which a percent sign is written %% unless it is one of Envoy's variables, such as %PROTOCOL%";
// Envoy refuses a listener with an unknown or unfinished variable, so that all its routes stay as they were.
const headerValue = field.text(/^(?:[^%\p{Cc}]|\t|%%|%[A-Z][A-Z0-9_]*(?:\([^()]*\))?(?::\d+)?%)*$/u, valueError);

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
