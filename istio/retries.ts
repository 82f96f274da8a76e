// The conditions of a VirtualService's `retries.retryOn`.
import { STATUS_CODES } from "node:http";

/**
 * Envoy's conditions under which a request may be tried again, besides status codes.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export const retryConditions = [
  "5xx",
  "gateway-error",
  "reset",
  "reset-before-request",
  "connect-failure",
  "retriable-4xx",
  "refused-stream",
  "retriable-status-codes",
  "retriable-headers",
  "envoy-ratelimited",
  "http3-post-connect-failure",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
] as const;

export type RetryCondition = (typeof retryConditions)[number];

export function isRetryCondition(text: string): text is RetryCondition {
  return (retryConditions as readonly string[]).includes(text);
}

/** Whether istiod takes the number for a status code: one that has a name, and of those Go does not know one. */
export function isRetryStatus(code: number): boolean {
  return Object.hasOwn(STATUS_CODES, code) && code !== 509;
}
