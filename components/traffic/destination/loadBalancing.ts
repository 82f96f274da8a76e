import { z } from "zod";
import { list } from "../../../lib/list.ts";
import * as field from "../../../lib/schema/fields.ts";
import { duration, durationOrNone, type Duration } from "../durations.ts";
import { headerName } from "../headerFields.ts";
import { locality, type LocalityArgs } from "./localities.ts";

/** What tells the pod that a request goes to: the same value, the same pod, as long as the pods stay. One of these. */
export interface ConsistentHashArgs {
  /**
   * Name of a header, e.g. `end-user`.
   * @default - none
   */
  readonly httpHeaderName?: string;

  /**
   * A cookie, which the proxy can give to a client that has none.
   * @default - none
   */
  readonly httpCookie?: {
    /** Name of the cookie. */
    readonly name: string;
    /**
     * Path of the cookie.
     * @default - none
     */
    readonly path?: string;
    /**
     * Lifetime of the cookie that the proxy gives to a client that has none; `0s` for as long as the browser runs.
     * @default - the proxy gives none: the service has to
     */
    readonly ttl?: Duration;
    /**
     * Further attributes of that cookie, e.g. `[{ name: "SameSite", value: "Strict" }]`.
     * @default - none
     */
    readonly attributes?: readonly {
      /** Name of the attribute. */
      readonly name: string;
      /**
       * Its value.
       * @default - none
       */
      readonly value?: string;
    }[];
  };

  /**
   * Address of the client, as the proxy sees it.
   * @default - none
   */
  readonly useSourceIp?: true;

  /**
   * Name of a parameter of the query.
   * @default - none
   */
  readonly httpQueryParameterName?: string;

  /**
   * A ring of that many places or more; more of them share out more evenly.
   * @default - a ring of 1024
   */
  readonly ringHash?: {
    /** The fewest places. */
    readonly minimumRingSize: number;
  };

  /**
   * Maglev instead of a ring: faster, and it moves more clients when pods change. A prime number below 5000011.
   * @default - a ring
   */
  readonly maglev?: {
    /** Places of the table. */
    readonly tableSize: number;
  };
}

/**
 * How a proxy chooses among the pods.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export interface LoadBalancerArgs {
  /**
   * `LEAST_REQUEST` takes the less busy of two, `ROUND_ROBIN` one after the other, `RANDOM` any, `PASSTHROUGH` the one
   * that the client has addressed.
   * @default "LEAST_REQUEST"
   */
  readonly simple?: "LEAST_REQUEST" | "ROUND_ROBIN" | "RANDOM" | "PASSTHROUGH";

  /**
   * Sticks to a pod; either this or `simple`. A retry goes to the same pod again.
   * @default - none
   */
  readonly consistentHash?: ConsistentHashArgs;

  /**
   * Lets a new pod get its share little by little, with `LEAST_REQUEST` and `ROUND_ROBIN`.
   * @default - the full share at once
   */
  readonly warmup?: {
    /** How long it takes. */
    readonly duration: Duration;
    /**
     * Share of the beginning, in percent.
     * @default 10
     */
    readonly minimumPercent?: number;
    /**
     * 1 grows evenly, more than 1 faster in the beginning; at most 100.
     * @default 1
     */
    readonly aggression?: number;
  };

  /** @default - pods in the client's zone first, once `outlierDetection` tells which are well */
  readonly localityLbSetting?: LocalityArgs;
}

const KEYS = ["httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"];

const primeError = "must be a prime number below 5000011";
const prime = z
  .int({ error: primeError })
  .refine((number) => number < 5000011 && isPrime(number), { error: primeError });

function isPrime(number: number): boolean {
  if (number < 4) return number > 1;
  for (let factor = 2; factor * factor <= number; factor += factor === 2 ? 1 : 2) {
    if (number % factor === 0) return false;
  }
  return true;
}

/** Envoy refuses all clusters for a larger one. */
const LARGEST_RING = 8_388_608;

const attributeError =
  "must be the value of an attribute: one line of at most 1024 characters, without a semicolon; put it in quotes";
const cookieName = field.text(/^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/, "must be the name of a cookie");

const consistentHash = field
  .section({
    httpHeaderName: headerName.exactOptional(),
    httpCookie: field
      .section({
        name: cookieName,
        path: field.urlPath.exactOptional(),
        ttl: durationOrNone.exactOptional(),
        attributes: z
          .array(
            field.section({
              name: cookieName,
              value: field.text(/^[^\p{Cc};]{0,1024}$/u, attributeError).exactOptional(),
            }),
            { error: "must be a list of attributes" },
          )
          .exactOptional(),
      })
      .exactOptional(),
    useSourceIp: z.literal(true, { error: "must be true, or left out" }).exactOptional(),
    httpQueryParameterName: field.text(/./, "must be the name of a parameter").exactOptional(),
    ringHash: field.section({ minimumRingSize: field.wholeNumber(1, LARGEST_RING) }).exactOptional(),
    maglev: field.section({ tableSize: prime }).exactOptional(),
  })
  .refine((hash) => Object.keys(hash).filter((key) => KEYS.includes(key)).length === 1, {
    error: `must have one of ${list(KEYS, "and")}`,
    ...field.always,
  })
  .refine(({ ringHash, maglev }) => ringHash === undefined || maglev === undefined, {
    path: ["maglev"],
    error: "has no place beside ringHash: leave one of them out",
    ...field.always,
  });

const aggressionError = "must be a number above 0, at most 100";

export const loadBalancer = field
  .section({
    simple: field.oneOf(["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"]).exactOptional(),
    consistentHash: consistentHash.exactOptional(),
    warmup: field
      .section({
        duration,
        minimumPercent: z
          .number({ error: "must be a number of percent from 0 to 100" })
          .min(0, { error: "must be a number of percent from 0 to 100" })
          .max(100, { error: "must be a number of percent from 0 to 100" })
          .exactOptional(),
        aggression: z
          .number({ error: aggressionError })
          .positive({ error: aggressionError })
          .max(100, { error: aggressionError })
          .exactOptional(),
      })
      .exactOptional(),
    localityLbSetting: locality.exactOptional(),
  })
  .refine((all) => Object.keys(all).length > 0, {
    error: "must have one of simple, consistentHash, warmup and localityLbSetting",
    ...field.always,
  })
  .refine(({ simple, consistentHash: hash }) => simple === undefined || hash === undefined, {
    path: ["simple"],
    error: "has no place beside consistentHash: leave one of them out",
    ...field.always,
  })
  .refine(
    ({ simple, consistentHash: hash, warmup }) =>
      warmup === undefined || (hash === undefined && simple !== "RANDOM" && simple !== "PASSTHROUGH"),
    {
      path: ["warmup"],
      error: "works with LEAST_REQUEST and ROUND_ROBIN only: choose one of them, or leave it out",
      ...field.always,
    },
  );
