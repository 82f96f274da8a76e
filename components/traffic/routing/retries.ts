import { z } from "zod";
import { isRetryStatus, retryConditions, type RetryCondition } from "../../../istio/retries.ts";
import type { HttpRoute } from "../../../istio/virtualService.ts";
import * as field from "../../../lib/schema/fields.ts";
import { duration, type Duration } from "../durations.ts";

/**
 * How often a failed request is tried again, by the client's proxy, after 25 ms and more.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export interface RetryArgs {
  /**
   * Attempts after the first; the service sees up to `1 + attempts` requests. 0 turns retries off, which without this
   * argument are 2 attempts on `connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes`.
   */
  readonly attempts: number;

  /**
   * Longest time for each attempt, the first included. The route's `timeout` is for all of them together.
   * @default - the route's `timeout`
   */
  readonly perTryTimeout?: Duration;

  /**
   * Conditions of Envoy, and status codes.
   * @default - those above
   * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
   */
  readonly retryOn?: readonly (RetryCondition | number)[];

  /**
   * Shortest wait before an attempt; it grows with each.
   * @default "25ms"
   */
  readonly backoff?: Duration;

  /**
   * Whether an attempt may go to another locality.
   * @default false
   */
  readonly retryRemoteLocalities?: boolean;

  /**
   * Whether an attempt avoids the pods that have failed already.
   * @default true
   */
  readonly retryIgnorePreviousHosts?: boolean;
}

const conditionError =
  "must be a status code that HTTP has a name for, such as 503, or one of Envoy's conditions, such as gateway-error, connect-failure or refused-stream";
const condition = z.union(
  [
    z.enum(retryConditions, { error: conditionError }),
    z.number({ error: conditionError }).refine(isRetryStatus, { error: conditionError }),
  ],
  { error: conditionError },
);

export const retries = field
  .section({
    attempts: field.wholeNumber(0, 100),
    perTryTimeout: duration.exactOptional(),
    retryOn: z
      .array(condition, { error: "must be a list of conditions and status codes" })
      .min(1, { error: "must have one condition or more, or be left out" })
      .exactOptional(),
    backoff: duration.exactOptional(),
    retryRemoteLocalities: field.flag.exactOptional(),
    retryIgnorePreviousHosts: field.flag.exactOptional(),
  })
  .superRefine(({ attempts, ...others }, context) => {
    if (attempts !== 0) return;
    for (const name of Object.keys(others)) {
      context.addIssue({ code: "custom", path: [name], message: "has no effect where attempts is 0: leave it out" });
    }
  }, field.always);

/** Retries as Istio writes them. */
export function retrySpec({ retryOn, ...others }: RetryArgs): NonNullable<HttpRoute["retries"]> {
  return retryOn === undefined ? others : { ...others, retryOn: retryOn.join(",") };
}
