import { z } from "zod";
import { MILLISECOND, nanosecondsOf } from "../../istio/durations.ts";

/**
 * A length of time as Istio writes it, at least 1 ms and no finer than that: `500ms`, `0.5s`, `3s`, `5m`, `1h30m`.
 *
 * @see https://protobuf.dev/reference/protobuf/google.protobuf/#duration
 */
export type Duration = string;

const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/;

/** Milliseconds of a duration; NaN, which compares with nothing, if it is none, and Infinity if it is too long. */
export function milliseconds(duration: unknown): number {
  if (typeof duration !== "string" || !DURATION.test(duration)) return Number.NaN;
  const nanoseconds = nanosecondsOf(duration);
  return nanoseconds === undefined ? Infinity : Number(nanoseconds) / Number(MILLISECOND);
}

const error = 'must be a duration of whole milliseconds, 1 or more, with its unit, such as "500ms", "2s" or "5m"';

/** Envoy counts nanoseconds in 64 bits, and refuses all clusters or routes for a longer duration. */
const LONGEST = 2_562_047 * 3_600_000;

/** A duration that is right for its place. */
export const durationThat = (isRight: (milliseconds: number) => boolean, words: string) =>
  z.string({ error: words }).superRefine((text, context) => {
    const length = milliseconds(text);
    if (length > LONGEST) context.addIssue({ code: "custom", message: "must not be longer than 2562047h" });
    else if (!Number.isInteger(length) || !isRight(length)) context.addIssue({ code: "custom", message: words });
  });

/** A duration of 1 ms or more. */
export const duration = durationThat((length) => length > 0, error);

/** A duration, or `0s` for none. */
export const durationOrNone = durationThat(() => true, `${error}, or "0s" for no limit`);
