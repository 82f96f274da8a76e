import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";
import { duration, type Duration } from "../durations.ts";
import { limit } from "../numbers.ts";

/**
 * Puts pods that keep failing aside for a while. Every client's proxy counts for itself.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export interface OutlierDetectionArgs {
  /**
   * Answers with 5xx in a row after which a pod is put aside; timeouts and failed connections count too. 0 for never.
   * @default 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * The same for 502, 503 and 504 alone; it has an effect below `consecutive5xxErrors` only.
   * @default - never
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Whether failures on the way to the pod count by themselves, and the pod's own answers by themselves.
   * @default false
   */
  readonly splitExternalLocalOriginErrors?: boolean;

  /**
   * Failures on the way in a row; with `splitExternalLocalOriginErrors` only.
   * @default 5
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * Time between two looks at the pods. An error in a row counts at once; the look lets pods back in.
   * @default "10s"
   */
  readonly interval?: Duration;

  /**
   * Time for which a pod is put aside, multiplied by how often it has been.
   * @default "30s"
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Share of the pods that may be put aside, in percent. Of fewer than ten pods, the default lets none go: one of two
   * is 50 %.
   * @default 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * Share of pods in health below which all get requests again, in percent.
   * @default 0
   */
  readonly minHealthPercent?: number;

  /**
   * Status codes that count as errors instead of 5xx, from 100 to 599.
   * @default - all 5xx
   */
  readonly outlierDetectionHttpErrorCodes?: readonly number[];
}

const count = field.wholeNumber(0, 2 ** 31 - 1);
const percent = field.wholeNumber(0, 100, "a whole number of percent");

export const outlierDetection = field
  .section({
    consecutive5xxErrors: count.exactOptional(),
    consecutiveGatewayErrors: count.exactOptional(),
    splitExternalLocalOriginErrors: field.flag.exactOptional(),
    // Istio takes 0 for the default.
    consecutiveLocalOriginFailures: limit.exactOptional(),
    interval: duration.exactOptional(),
    baseEjectionTime: duration.exactOptional(),
    // The same.
    maxEjectionPercent: field.wholeNumber(1, 100, "a whole number of percent").exactOptional(),
    minHealthPercent: percent.exactOptional(),
    outlierDetectionHttpErrorCodes: z
      .array(field.wholeNumber(100, 599, "a status code"), { error: "must be a list of status codes" })
      .min(1, { error: "must have one status code or more, or be left out for all 5xx" })
      .exactOptional(),
  })
  .refine(
    ({ consecutiveLocalOriginFailures: failures, splitExternalLocalOriginErrors: split }) =>
      failures === undefined || split === true,
    {
      path: ["consecutiveLocalOriginFailures"],
      error: "has no effect unless splitExternalLocalOriginErrors is true",
      ...field.always,
    },
  )
  .refine(
    ({ consecutive5xxErrors: all, consecutiveGatewayErrors: gateway = 0, splitExternalLocalOriginErrors: split }) =>
      all !== 0 || gateway !== 0 || split === true,
    {
      path: ["consecutive5xxErrors"],
      error: "must not be 0 without consecutiveGatewayErrors: nothing puts a pod aside then",
      ...field.always,
    },
  )
  .refine(
    ({ consecutiveGatewayErrors: gateway, consecutive5xxErrors: all }) =>
      gateway === undefined || all === 0 || typeof all !== "number" || field.isLess(gateway, all),
    {
      path: ["consecutiveGatewayErrors"],
      error: "has no effect unless it is smaller than consecutive5xxErrors, which counts these errors too",
      ...field.always,
    },
  );
