import type { IncomingHttpHeaders } from "node:http";

/**
 * What ties the spans of the proxies into one trace: each proxy reports its own span, and only the application knows which
 * of its outgoing requests belongs to which incoming one.
 * @see https://istio.io/latest/docs/tasks/observability/distributed-tracing/overview/#trace-context-propagation
 */
const TRACING = [
  "x-request-id",
  // B3, in its many-header and its single-header form
  "x-b3-traceid",
  "x-b3-spanid",
  "x-b3-parentspanid",
  "x-b3-sampled",
  "x-b3-flags",
  "b3",
  // W3C Trace Context
  "traceparent",
  "tracestate",
  // Lightstep, Datadog, Google Cloud, OpenCensus over gRPC, SkyWalking
  "x-ot-span-context",
  "x-datadog-trace-id",
  "x-datadog-parent-id",
  "x-datadog-sampling-priority",
  "x-cloud-trace-context",
  "grpc-trace-bin",
  "sw8",
] as const;

/** What routes and policies match on. */
const CALLER = ["end-user", "user-agent"] as const;

/** What proves who is calling. */
const CREDENTIALS = ["cookie", "authorization", "jwt"] as const;

/** Headers that details, reviews and ratings pass on; productpage sets `end-user` itself. */
export const FORWARDED_HEADERS: readonly string[] = [...TRACING, ...CALLER, ...CREDENTIALS];

/** Headers that may leave the mesh: the caller's credentials are no business of an external service. */
export const EXTERNAL_HEADERS: readonly string[] = [...TRACING, ...CALLER];

/** The headers of an incoming request that belong on the requests made for it. */
export function pickHeaders(incoming: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = incoming[name];
    if (value !== undefined) picked[name] = typeof value === "string" ? value : value.join(", ");
  }
  return picked;
}
