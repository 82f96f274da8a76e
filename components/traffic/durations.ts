import { z } from "zod";

/**
 * A length of time as Istio writes it, at least 1 ms and no finer than that: `500ms`, `0.5s`, `3s`, `5m`, `1h30m`.
 *
 * @see https://protobuf.dev/reference/protobuf/google.protobuf/#duration
 */
export type Duration = string;

const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const AMOUNT = /(\d+(?:\.\d+)?)(ms|h|m|s)/g;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/;

/** Milliseconds of a duration; NaN, which compares with nothing, if it is none. */
export function milliseconds(duration: unknown): number {
  if (typeof duration !== "string" || !DURATION.test(duration)) return Number.NaN;
  const amounts = [...duration.matchAll(AMOUNT)];
  const sum = amounts.reduce(
    (total, [, amount, unit]) => total + Number(amount) * UNITS[unit as keyof typeof UNITS],
    0,
  );
  // 0.1 has no exact binary form: a remainder below a nanosecond is an error of the arithmetic, not of the author.
  const rounded = Math.round(sum);
  return Math.abs(sum - rounded) < 1e-6 ? rounded : sum;
}

const error = 'must be a duration of whole milliseconds, 1 or more, with its unit, such as "500ms", "2s" or "5m"';

/** A duration that is right for its place. */
export const durationThat = (isRight: (milliseconds: number) => boolean, words: string) =>
  z
    .string({ error: words })
    .refine((text) => Number.isInteger(milliseconds(text)) && isRight(milliseconds(text)), { error: words })
    .refine((text) => !(milliseconds(text) > LONGEST), { error: "must not be longer than 2562047h" });

/** Envoy counts nanoseconds in 64 bits, and refuses all clusters or routes for a longer duration. */
const LONGEST = 2_562_047 * UNITS.h;

/** A duration of 1 ms or more. */
export const duration = durationThat((length) => length > 0, error);

/** A duration, or `0s` for none. */
export const durationOrNone = durationThat(() => true, `${error}, or "0s" for no limit`);
