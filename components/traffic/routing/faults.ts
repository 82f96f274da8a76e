import { z } from "zod";
import type { HttpRoute } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import * as field from "../../../lib/schema/fields.ts";
import { duration, type Duration } from "../durations.ts";
import { httpStatus, percentage } from "../numbers.ts";

/** gRPC's status codes by name. */
export const grpcStatuses = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/**
 * A fault that the client's proxy puts into requests before it sends them. A request that it aborts reaches no
 * service and is not tried again; its delay does not count for the timeout of the same route. Timeouts and retries
 * show their effect on faults of a service further down, or of a route of the caller's caller.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection
 */
export interface FaultArgs {
  /**
   * Requests that wait.
   * @default - none
   */
  readonly delay?: {
    /** How long a request waits at the client's proxy. */
    readonly fixedDelay: Duration;
    /**
     * Share of the requests, in percent.
     * @default 100
     */
    readonly percentage?: number;
  };

  /**
   * Requests that are answered with an error.
   * @default - none
   */
  readonly abort?: {
    /**
     * Status of the answer, from 200 to 599; either this or `grpcStatus`.
     * @default - none
     */
    readonly httpStatus?: number;
    /**
     * Name of the status, e.g. `UNAVAILABLE`.
     * @default - none
     */
    readonly grpcStatus?: (typeof grpcStatuses)[number];
    /**
     * Share of the requests, in percent.
     * @default 100
     */
    readonly percentage?: number;
  };
}

export const fault = field
  .section({
    delay: field.section({ fixedDelay: duration, percentage: percentage.exactOptional() }).exactOptional(),
    abort: field
      .section({
        httpStatus: httpStatus.exactOptional(),
        grpcStatus: z
          .enum(grpcStatuses, { error: "must be the name of a gRPC status, such as UNAVAILABLE" })
          .exactOptional(),
        percentage: percentage.exactOptional(),
      })
      .refine(({ httpStatus: http, grpcStatus: grpc }) => (http === undefined) !== (grpc === undefined), {
        error: "must have one of httpStatus and grpcStatus",
        ...field.always,
      })
      .exactOptional(),
  })
  .refine((faults) => Object.keys(faults).length > 0, { error: "must have delay or abort", ...field.always });

/** A fault as Istio writes it; without a percentage, Istio would take none. */
export function faultSpec({ delay, abort }: FaultArgs): Fault {
  const share = (percent = 100) => ({ value: percent });
  return defined<Fault>({
    delay: delay && { fixedDelay: delay.fixedDelay, percentage: share(delay.percentage) },
    abort:
      abort &&
      defined<NonNullable<Fault["abort"]>>({
        httpStatus: abort.httpStatus,
        grpcStatus: abort.grpcStatus,
        percentage: share(abort.percentage),
      }),
  });
}

type Fault = NonNullable<HttpRoute["fault"]>;
