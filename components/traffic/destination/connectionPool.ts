import * as field from "../../../lib/schema/fields.ts";
import { duration, durationOrNone, type Duration } from "../durations.ts";
import { limit } from "../numbers.ts";

/**
 * What each client's proxy may ask of the service. What goes beyond is answered with 503 at once, and the flag `UO` in
 * the access log: it breaks the circuit.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export interface ConnectionPoolArgs {
  /**
   * Limits of connections.
   * @default - none
   */
  readonly tcp?: {
    /**
     * The most connections.
     * @default - no limit
     */
    readonly maxConnections?: number;
    /**
     * Longest time for a connection to be made.
     * @default "10s"
     */
    readonly connectTimeout?: Duration;
    /**
     * Longest time that a connection lasts.
     * @default - no limit
     */
    readonly maxConnectionDuration?: Duration;
    /**
     * `0s` for no limit.
     * @default "1h"
     */
    readonly idleTimeout?: Duration;
    /**
     * Probes of connections on which nothing happens.
     * @default - the operating system's
     */
    readonly tcpKeepalive?: {
      /**
       * Probes without an answer before the connection counts as lost.
       * @default - the operating system's
       */
      readonly probes?: number;
      /**
       * Time without traffic before the first probe.
       * @default - the operating system's
       */
      readonly time?: Duration;
      /**
       * Time between probes.
       * @default - the operating system's
       */
      readonly interval?: Duration;
    };
  };

  /**
   * Limits of requests.
   * @default - none
   */
  readonly http?: {
    /**
     * Requests that wait for a connection; for HTTP/2 too.
     * @default - no limit
     */
    readonly http1MaxPendingRequests?: number;
    /**
     * Requests on their way; for HTTP/1.1 too.
     * @default - no limit
     */
    readonly http2MaxRequests?: number;
    /**
     * The most requests on one connection.
     * @default - no limit; 1 closes the connection after each request
     */
    readonly maxRequestsPerConnection?: number;
    /**
     * Retries on their way.
     * @default - no limit
     */
    readonly maxRetries?: number;
    /**
     * Longest time that a connection waits for a request.
     * @default "1h"
     */
    readonly idleTimeout?: Duration;
    /**
     * Whether HTTP/1.1 becomes HTTP/2.
     * @default "DEFAULT"
     */
    readonly h2UpgradePolicy?: "DEFAULT" | "DO_NOT_UPGRADE" | "UPGRADE";
    /**
     * Whether HTTP/1.1 and HTTP/2 stay what they are; not with `UPGRADE`.
     * @default false
     */
    readonly useClientProtocol?: boolean;
    /**
     * The most streams on one connection of HTTP/2.
     * @default - no limit
     */
    readonly maxConcurrentStreams?: number;
    /**
     * Pings on HTTP/2 connections.
     * @default - none
     */
    readonly http2KeepAlive?: {
      /** Time between pings. */
      readonly interval: Duration;
      /** Longest time for an answer. */
      readonly timeout: Duration;
    };
  };
}

const some = (error: string) => [(all: object) => Object.keys(all).length > 0, { error, ...field.always }] as const;

export const connectionPool = field
  .section({
    tcp: field
      .section({
        maxConnections: limit.exactOptional(),
        connectTimeout: duration.exactOptional(),
        maxConnectionDuration: duration.exactOptional(),
        idleTimeout: durationOrNone.exactOptional(),
        tcpKeepalive: field
          .section({
            probes: limit.exactOptional(),
            time: duration.exactOptional(),
            interval: duration.exactOptional(),
          })
          .exactOptional(),
      })
      .refine(...some("must have one limit or more"))
      .exactOptional(),
    http: field
      .section({
        http1MaxPendingRequests: limit.exactOptional(),
        http2MaxRequests: limit.exactOptional(),
        maxRequestsPerConnection: limit.exactOptional(),
        maxRetries: limit.exactOptional(),
        idleTimeout: duration.exactOptional(),
        h2UpgradePolicy: field.oneOf(["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"]).exactOptional(),
        useClientProtocol: field.flag.exactOptional(),
        maxConcurrentStreams: limit.exactOptional(),
        http2KeepAlive: field.section({ interval: duration, timeout: duration }).exactOptional(),
      })
      .refine(...some("must have one limit or more"))
      .refine(({ h2UpgradePolicy, useClientProtocol }) => h2UpgradePolicy !== "UPGRADE" || useClientProtocol !== true, {
        path: ["useClientProtocol"],
        error: "has no place beside the policy UPGRADE, which changes the protocol",
        ...field.always,
      })
      .exactOptional(),
  })
  .refine(...some("must have tcp or http"));
