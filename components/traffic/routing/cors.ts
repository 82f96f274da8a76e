import { z } from "zod";
import { list } from "../../../lib/list.ts";
import * as field from "../../../lib/schema/fields.ts";
import { canBothHold, readComparison } from "./comparing.ts";
import { originMatch, type FieldMatch, type StringMatch } from "./comparisons.ts";
import { durationThat, type Duration } from "../durations.ts";
import { headerName } from "../headerFields.ts";
import { itemsOf, listOf } from "../../../lib/untrusted.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"] as const;

/**
 * Which pages of other origins may use the service from a browser.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export interface CorsArgs {
  /** Origins, e.g. `https://shop.example.com`. */
  readonly allowOrigins: readonly StringMatch[];

  /**
   * Methods that pages may use.
   * @default - only those that need no permission
   */
  readonly allowMethods?: readonly (typeof methods)[number][];

  /**
   * Headers that pages may send.
   * @default - only those that need no permission
   */
  readonly allowHeaders?: readonly string[];

  /**
   * Headers of the answer that pages may read.
   * @default - only those that every page may read
   */
  readonly exposeHeaders?: readonly string[];

  /**
   * How long a browser may remember the answer, in whole seconds.
   * @default - as long as the browser likes
   */
  readonly maxAge?: Duration;

  /**
   * Whether requests may carry cookies.
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * Whether a preflight request of another origin goes to the service, or nowhere.
   * @default "FORWARD"
   */
  readonly unmatchedPreflights?: "FORWARD" | "IGNORE";
}

const anyHeader = z.union([z.literal("*"), headerName], { error: "must be the name of a header, or *" });

export const cors = field
  .section({
    allowOrigins: z
      .array(originMatch, { error: "must be a list of origins, such as { exact: https://shop.example.com }" })
      .min(1, { error: "must have one origin or more" }),
    allowMethods: z
      .array(z.enum(methods, { error: `must be ${list(methods, "or")}` }), { error: "must be a list of methods" })
      .exactOptional(),
    allowHeaders: z.array(anyHeader, { error: "must be a list of names of headers" }).exactOptional(),
    exposeHeaders: z.array(anyHeader, { error: "must be a list of names of headers" }).exactOptional(),
    maxAge: durationThat(
      (length) => length > 0 && length % 1000 === 0,
      "must be a duration of whole seconds, 1 or more, such as 10m",
    ).exactOptional(),
    allowCredentials: field.flag.exactOptional(),
    unmatchedPreflights: field.oneOf(["FORWARD", "IGNORE"]).exactOptional(),
  })
  .superRefine(({ allowOrigins, ...others }, context) => {
    for (const [index, origin] of itemsOf(allowOrigins).entries()) {
      if (hasUsualPort(origin.exact)) {
        const message = "matches no origin: browsers leave out the port 443 of https and the port 80 of http";
        context.addIssue({ code: "custom", path: ["allowOrigins", index, "exact"], message });
      }
      const match = readComparison(origin);
      if (others.allowCredentials === true && match && takesEveryPage(match)) {
        const message =
          "lets every page of the world read with the user's cookies: name the origins, or leave out allowCredentials";
        context.addIssue({ code: "custom", path: ["allowOrigins", index], message });
      }
    }
    if (others.allowCredentials !== true) return;
    for (const name of ["allowMethods", "allowHeaders", "exposeHeaders"] as const) {
      for (const [index, each] of listOf(others[name]).entries()) {
        const message = "is no wildcard beside allowCredentials, where browsers take it as a name: list the names";
        if (each === "*") context.addIssue({ code: "custom", path: [name, index], message });
      }
    }
  }, field.always);

const hasUsualPort = (origin: unknown) => typeof origin === "string" && /^(https:.*:443|http:.*:80)$/.test(origin);

/** Envoy lets any origin pass where the comparison takes `*`; the others are of a host that cannot be. */
const takesEveryPage = (match: FieldMatch) =>
  ["*", "https://any.invalid", "http://any.invalid"].some((exact) => canBothHold(match, { exact }));
