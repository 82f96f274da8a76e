import { z } from "zod";
import type { HttpRoute } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import { groupsOf } from "../../../istio/regularExpressions.ts";
import { list } from "../../../lib/list.ts";
import * as field from "../../../lib/schema/fields.ts";
import { httpStatus } from "../numbers.ts";
import { regularExpression } from "../regularExpressions.ts";

/**
 * What a request asks for, changed on its way to the service.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export interface RewriteArgs {
  /**
   * Takes the place of the path, or of its prefix where the route matches by one, letter by letter: end both with a slash
   * or neither. A match without `uri` is one by the prefix `/`.
   * @default - unchanged
   */
  readonly uri?: string;
  /**
   * Takes the place of the parts of the path that match; either this or `uri`.
   * @default - unchanged
   */
  readonly uriRegexRewrite?: {
    /** RE2, e.g. `^/service/([^/]+)(/.*)$`. */
    readonly match: string;
    /** May name the groups of the match, e.g. `\2/of/\1`. */
    readonly rewrite: string;
  };
  /**
   * Takes the place of the host in the request's header.
   * @default - unchanged
   */
  readonly authority?: string;
}

/**
 * An answer that sends the client elsewhere.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export interface RedirectArgs {
  /**
   * Path to which the client is sent.
   * @default - the path of the request
   */
  readonly uri?: string;
  /**
   * Host to which the client is sent.
   * @default - the host of the request
   */
  readonly authority?: string;
  /**
   * Scheme by which the client comes back.
   * @default - that of the request
   */
  readonly scheme?: "http" | "https";
  /**
   * A port, the one of the request or the usual one of the scheme.
   * @default - that of the request, where `scheme` does not change it
   */
  readonly port?: number | "FROM_PROTOCOL_DEFAULT" | "FROM_REQUEST_PORT";
  /**
   * Status of the answer.
   * @default 301
   */
  readonly redirectCode?: 301 | 302 | 303 | 307 | 308;
}

/**
 * An answer that the proxy gives by itself.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export interface DirectResponseArgs {
  /** From 200 to 599. */
  readonly status: number;
  /**
   * Body of the answer.
   * @default - none
   */
  readonly body?: string;
}

const pathError = "must be a path that begins with a slash, such as /v2";
const path = field.text(/^\/[^\s#\p{Cc}]*$/u, pathError);
const authority = field.text(
  /^(?=.{1,255}$)[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?(:\d{1,5})?$/,
  "must be a host, such as shop.example.com",
);

export const rewrite = field
  .section({
    uri: path.exactOptional(),
    uriRegexRewrite: field
      .section({
        match: regularExpression,
        rewrite: field.text(/^[^\p{Cc}]+$/u, "must be the new text in one line, such as \\1"),
      })
      .superRefine(({ match, rewrite: text }, context) => {
        const problem = substitutionProblem(match, text);
        if (problem !== undefined) context.addIssue({ code: "custom", path: ["rewrite"], message: problem });
      }, field.always)
      .exactOptional(),
    authority: authority.exactOptional(),
  })
  .refine((all) => Object.keys(all).length > 0, {
    error: "must have one of uri, uriRegexRewrite and authority",
    ...field.always,
  })
  .refine(({ uri, uriRegexRewrite }) => uri === undefined || uriRegexRewrite === undefined, {
    path: ["uriRegexRewrite"],
    error: "has no place beside uri: leave one of them out",
    ...field.always,
  });

/** Envoy takes such a text and then leaves the path of every request as it is. */
function substitutionProblem(match: unknown, text: unknown): string | undefined {
  if (typeof match !== "string" || typeof text !== "string") return undefined;
  const groups = groupsOf(match);
  if (groups === undefined) return undefined;
  const named = text.replaceAll("\\\\", "").match(/\\.?/g) ?? [];
  if (named.some((each) => !/\d/.test(each))) return "has a backslash without the number of a group: write two for one";
  const last = Math.max(0, ...named.map((each) => Number(each.slice(1))));
  return last > groups
    ? `names a group that the match does not have: it has ${groups}, and \\0 is all of it`
    : undefined;
}

const redirectCodes = [301, 302, 303, 307, 308] as const;
const portError = "must be a port, FROM_PROTOCOL_DEFAULT or FROM_REQUEST_PORT";

export const redirect = field
  .section({
    uri: path.exactOptional(),
    authority: authority.exactOptional(),
    scheme: field.oneOf(["http", "https"]).exactOptional(),
    port: z
      .union([field.port, z.enum(["FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"])], { error: portError })
      .exactOptional(),
    redirectCode: z
      .literal(redirectCodes, { error: `must be ${list(redirectCodes.map(String), "or")}` })
      .exactOptional(),
  })
  .refine((all) => Object.keys(all).some((key) => key !== "redirectCode"), {
    error: "must have one of uri, authority, scheme and port: else it leads back to the same place",
    ...field.always,
  })
  .refine(({ scheme, port }) => !(scheme === "https" && port === 80) && !(scheme === "http" && port === 443), {
    path: ["port"],
    error: "is that of the other scheme: leave it out for the usual one",
    ...field.always,
  })
  .refine(({ authority: host, port }) => port === undefined || typeof host !== "string" || !/:\d+$/.test(host), {
    path: ["port"],
    error: "has no place beside an authority with a port: leave one of them out",
    ...field.always,
  });

const LARGEST_BODY = 100 * 1024;

/** Answers of these have no body. */
const BODILESS = [204, 205, 304];

export const directResponse = field
  .section({
    status: httpStatus,
    body: z
      .string({ error: "must be a string" })
      .refine((body) => Buffer.byteLength(body) <= LARGEST_BODY, {
        error: `must not be longer than ${LARGEST_BODY} bytes: each proxy keeps it in its memory`,
      })
      .exactOptional(),
  })
  .refine(({ status, body }) => body === undefined || !BODILESS.includes(status), {
    path: ["body"],
    error: "has no place beside this status, whose answers have none: leave it out",
    ...field.always,
  });

type Redirect = NonNullable<HttpRoute["redirect"]>;

/** A redirect as Istio writes it. */
export function redirectSpec({ port, ...others }: RedirectArgs): Redirect {
  return defined<Redirect>({
    ...others,
    port: typeof port === "number" ? port : undefined,
    derivePort: typeof port === "string" ? port : undefined,
  });
}

/** A direct response as Istio writes it. */
export function directResponseSpec({ status, body }: DirectResponseArgs): NonNullable<HttpRoute["directResponse"]> {
  return body === undefined ? { status } : { status, body: { string: body } };
}
