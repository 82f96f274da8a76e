import type { EnvoyFilterSpec } from "../../../istio/generated/specs.ts";
import { literally } from "../../../lib/re2Language.ts";
import * as field from "../../../lib/schema/fields.ts";
import { durationThat, milliseconds, type Duration } from "../durations.ts";
import { inboundFilter } from "./inboundFilter.ts";
import { uriMatch, type StringMatch } from "../routing/comparisons.ts";
import { podSelector, type PodLabels } from "../routing/matches.ts";
import { limit } from "../numbers.ts";
import { mapOf, type Untrusted } from "../../../lib/untrusted.ts";

/** A number of requests in a length of time. */
export interface Rate {
  /** Requests that get through in each `per`. */
  readonly requests: number;
  /** Length of time, at least 50 ms. */
  readonly per: Duration;
  /**
   * Requests that get through at once, after a pause.
   * @default - `requests`
   */
  readonly burst?: number;
}

/** How many requests each pod of a service takes, as plain data. What goes beyond is answered with 429. */
export interface RateLimitOptions extends Rate {
  /**
   * Labels of the pods.
   * @default - `app`, with the name of the service as its value
   */
  readonly workload?: PodLabels;

  /**
   * Tighter limits by name of the route, for some of the requests; they count for the limit of all too.
   * @default - the same limit for all
   */
  readonly routes?: Readonly<
    Record<
      string,
      Rate & {
        /** The requests that it is for. */
        readonly match: {
          /**
           * Path of the request, without the query.
           * @default - every path
           */
          readonly uri?: StringMatch;
          /**
           * Such as `POST`.
           * @default - every method
           */
          readonly method?: string;
        };
      }
    >
  >;
}

const perError = "must be a duration of 50 ms or more, such as 1s or 1m";
const rate = {
  requests: limit,
  per: durationThat((length) => length >= 50, perError),
  burst: limit.exactOptional(),
};

const hasRoom = ({ burst, requests }: { burst?: unknown; requests?: unknown }) => !field.isLess(burst, requests);
const noRoom = { path: ["burst"], error: "must not be less than requests", ...field.always };

const route = field
  .section({
    ...rate,
    match: field
      .section({
        uri: uriMatch.exactOptional(),
        method: field.text(/^[A-Z]+$/, "must be a method in capital letters, such as POST").exactOptional(),
      })
      .refine((match) => Object.keys(match).length > 0, { error: "must have uri or method", ...field.always }),
  })
  .refine(hasRoom, noRoom);

/** Schema of `RateLimitOptions`. */
export const rateLimitRules = field
  .section({
    ...rate,
    workload: podSelector.exactOptional(),
    routes: field.named(field.dnsLabel, route, "names of routes to limits").exactOptional(),
  })
  .refine(hasRoom, noRoom)
  .superRefine((all, context) => {
    for (const [name, one] of Object.entries(mapOf(all.routes))) {
      if (!isLooser(mapOf(one), all)) continue;
      const message =
        "is above the limit of all requests, which is reached first: set fewer requests, or a longer time";
      context.addIssue({ code: "custom", path: ["routes", name, "requests"], message });
    }
  }, field.always);

/** Whether a limit lets pass what another has stopped already, after a pause and in the long run. */
function isLooser(one: Untrusted, other: Untrusted): boolean {
  const number = (value: unknown) => (typeof value === "number" ? value : Number.NaN);
  const perSecond = ({ requests, per }: Untrusted) => number(requests) / milliseconds(per);
  const atOnce = ({ requests, burst = requests }: Untrusted) => number(burst);
  return perSecond(one) > perSecond(other) && atOnce(one) >= atOnce(other);
}

const FILTER = "envoy.filters.http.local_ratelimit";
const everyRequest = { default_value: { numerator: 100, denominator: "HUNDRED" } };

/** The `spec` of an EnvoyFilter. One filter holds all the limits, so that nothing depends on names that Istio gives. */
export function rateLimitSpec(workload: PodLabels, rules: RateLimitOptions): EnvoyFilterSpec {
  return inboundFilter(workload, rateLimitFilter(rules));
}

/** Envoy's filter. */
export function rateLimitFilter(rules: RateLimitOptions) {
  const routes = Object.entries(rules.routes ?? {});
  return {
    name: FILTER,
    typed_config: {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
      stat_prefix: "http_local_rate_limiter",
      token_bucket: tokenBucket(rules),
      filter_enabled: everyRequest,
      filter_enforced: everyRequest,
      response_headers_to_add: [{ header: { key: "x-local-rate-limit", value: "true" } }],
      ...(routes.length > 0 && {
        rate_limits: routes.map(([name, { match }]) => ({
          actions: [{ header_value_match: matching(name, match) }],
        })),
        descriptors: routes.map(([name, each]) => ({
          entries: [{ key: "route", value: name }],
          token_bucket: tokenBucket(each),
        })),
      }),
    },
  };
}

function tokenBucket({ requests, per, burst = requests }: Rate) {
  return { max_tokens: burst, tokens_per_fill: requests, fill_interval: `${milliseconds(per) / 1000}s` };
}

function matching(name: string, { uri, method }: { readonly uri?: StringMatch; readonly method?: string }) {
  return {
    descriptor_key: "route",
    descriptor_value: name,
    headers: [
      ...(uri ? [{ name: ":path", string_match: pathMatch(uri) }] : []),
      ...(method === undefined ? [] : [{ name: ":method", string_match: { exact: method } }]),
    ],
  };
}

/** What Envoy calls the path has the query in it. */
function pathMatch(uri: StringMatch) {
  if ("prefix" in uri) return { prefix: uri.prefix };
  const path = "exact" in uri ? literally(uri.exact) : uri.regex;
  return { safe_regex: { regex: `(?:${path})(?:\\?.*)?` } };
}
