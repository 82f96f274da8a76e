import type { EnvoyFilterSpec } from "../../../istio/generated/specs.ts";
import { milliseconds } from "../durations.ts";
import type { PodLabels } from "../routing/matches.ts";
import { inboundFilter } from "./inboundFilter.ts";
import { limitedRoute } from "./limitedRoute.ts";
import type { Rate, RateLimitOptions } from "./rateLimitOptions.ts";

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
          actions: [{ header_value_match: limitedRoute(name, match) }],
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
