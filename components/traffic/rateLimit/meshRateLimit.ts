import type { EnvoyFilterSpec } from "../../../istio/generated/specs.ts";
import { milliseconds } from "../durations.ts";
import type { PodLabels } from "../routing/matches.ts";
import { inboundFilter } from "./inboundFilter.ts";
import { limitedRoute } from "./limitedRoute.ts";
import { WINDOWS, type Rate, type RateLimitOptions } from "./rateLimitOptions.ts";
import type { FailureMode } from "./service/serviceOptions.ts";

/** The rate limit service, as sidecars ask it. */
export interface LimitService {
  /** Its full name. */
  readonly host: string;
  readonly port: number;
  readonly failureMode: FailureMode;
  /** How long a request waits for the answer, as a duration. */
  readonly timeout: string;
}

/** The limits of one host, as the service is told them. */
export interface HostLimits {
  /** The name under which it counts: sidecars ask by it. */
  readonly domain: string;
  readonly limits: RateLimitOptions;
}

/** The domain of a host: its name and namespace, which no other host has. */
export const limitDomain = (service: string, namespace: string): string => `${service}.${namespace}`;

/** Keys of the descriptors by which a request is counted. */
const ALL = { key: "requests", value: "all" } as const;
const ROUTE = "route";
const HEADER = "header";
const WITHOUT = { key: "without", value: "header" } as const;

/**
 * The `spec` of an EnvoyFilter whose sidecars ask the service about each request that all other filters let pass.
 *
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#global-rate-limit
 */
export function meshRateLimitSpec(workload: PodLabels, host: HostLimits, service: LimitService): EnvoyFilterSpec {
  return inboundFilter(workload, meshRateLimitFilter(host, service), "last");
}

/** Envoy's filter. */
export function meshRateLimitFilter({ domain, limits }: HostLimits, service: LimitService) {
  const { host, port, failureMode, timeout } = service;
  return {
    name: "envoy.filters.http.ratelimit",
    typed_config: {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit",
      domain,
      timeout: `${milliseconds(timeout) / 1000}s`,
      failure_mode_deny: failureMode === "deny",
      status_on_error: { code: "ServiceUnavailable" },
      enable_x_ratelimit_headers: "DRAFT_VERSION_03",
      rate_limit_service: {
        transport_api_version: "V3",
        grpc_service: { envoy_grpc: { cluster_name: `outbound|${port}||${host}`, authority: host } },
      },
      rate_limits: [
        ...countedBy({ generic_key: { descriptor_key: ALL.key, descriptor_value: ALL.value } }, limits),
        ...Object.entries(limits.routes ?? {}).flatMap(([name, { match, ...rate }]) =>
          countedBy({ header_value_match: limitedRoute(name, match) }, rate),
        ),
      ],
    },
  };
}

/** The actions that tell by what a request is counted; those of one list make one count together. */
function countedBy(action: object, { perHeader: name }: Rate): { readonly actions: readonly object[] }[] {
  if (name === undefined) return [{ actions: [action] }];
  const value = { request_headers: { header_name: name, descriptor_key: HEADER } };
  // Without the header there would be no count at all, and so no limit.
  const none = {
    descriptor_key: WITHOUT.key,
    descriptor_value: WITHOUT.value,
    expect_match: false,
    headers: [{ name, present_match: true }],
  };
  return [{ actions: [action, value] }, { actions: [action, { header_value_match: none }] }];
}

/** A descriptor with its limit, or with those below it. */
export interface Descriptor {
  readonly key: string;
  readonly value?: string;
  readonly rate_limit?: { readonly unit: string; readonly requests_per_unit: number };
  readonly descriptors?: readonly Descriptor[];
}

/**
 * What the service reads about one host, as one file.
 *
 * @see https://github.com/envoyproxy/ratelimit#configuration
 */
export function serviceLimits({ domain, limits }: HostLimits): {
  readonly domain: string;
  readonly descriptors: readonly Descriptor[];
} {
  return {
    domain,
    descriptors: [
      described(ALL, limits),
      ...Object.entries(limits.routes ?? {}).map(([value, each]) => described({ key: ROUTE, value }, each)),
    ],
  };
}

function described(
  place: { readonly key: string; readonly value: string },
  { requests, per, perHeader }: Rate,
): Descriptor {
  const unit = WINDOWS.get(milliseconds(per));
  if (unit === undefined) throw new Error("the rate limit service counts by the second, minute, hour or day");
  const rate_limit = { unit, requests_per_unit: requests };
  if (perHeader === undefined) return { ...place, rate_limit };
  return {
    ...place,
    descriptors: [
      { key: HEADER, rate_limit },
      { ...WITHOUT, rate_limit },
    ],
  };
}
