// The traffic policy that holds for a host or one of its subsets.
import { qualified } from "../istio/hosts.ts";
import type { TrafficPolicy } from "../istio/generated/specs.ts";
import type { DestinationRule } from "./declared.ts";

/** More requests than this at once are not sent to try a limit out. */
export const MOST_AT_ONCE = 50;

/** What a subset says holds for it, the rest as the host says. Settings of single ports are not looked at. */
export function policyOf(
  rules: readonly DestinationRule[],
  host: string,
  namespace: string,
  subset?: string,
): TrafficPolicy {
  const rule = ruleOf(rules, host, namespace);
  const own = rule?.spec.subsets?.find(({ name }) => name === subset)?.trafficPolicy;
  return { ...rule?.spec.trafficPolicy, ...own };
}

export function ruleOf(
  rules: readonly DestinationRule[],
  host: string,
  namespace: string,
): DestinationRule | undefined {
  const full = qualified(host, namespace);
  return rules.find(({ spec, metadata }) => qualified(spec.host, metadata.namespace) === full);
}

/** Requests at once beyond which the connection pool refuses them; undefined where nothing limits them. */
export function limitOf({ connectionPool }: TrafficPolicy): number | undefined {
  const { tcp, http } = connectionPool ?? {};
  const limits = [
    ...(tcp?.maxConnections === undefined || http?.http1MaxPendingRequests === undefined
      ? []
      : [tcp.maxConnections + http.http1MaxPendingRequests]),
    ...(http?.http2MaxRequests === undefined ? [] : [http.http2MaxRequests]),
  ];
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** Whether a few requests at once are too many. */
export const isNarrow = (policy: TrafficPolicy): boolean => (limitOf(policy) ?? Infinity) <= MOST_AT_ONCE;
