// Durations as Istio reads them, which is how Go writes them: `1h30m`, `1.5s`, `250ms`.

export const MILLISECOND = 1_000_000n;
export const SECOND = 1000n * MILLISECOND;

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: MILLISECOND,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};

/** Envoy and Go count nanoseconds in 64 bits. */
const LONGEST = 2n ** 63n - 1n;

/**
 * Nanoseconds of a duration; undefined if it is none, or too long for Envoy.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function nanosecondsOf(duration: string): bigint | undefined {
  const [, sign = "", amounts = ""] = /^([+-]?)(.*)$/s.exec(duration) ?? [];
  if (amounts === "0") return 0n;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(amounts)) return undefined;
  let sum = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of amounts.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = UNITS[unit] ?? 0n;
    sum += BigInt(whole || "0") * size + (BigInt(fraction || "0") * size) / 10n ** BigInt(fraction.length);
  }
  return sum > LONGEST ? undefined : sign === "-" ? -sum : sum;
}

/** Seconds of a duration; NaN, which compares with nothing, if it is none. */
export function secondsOf(duration: string): number {
  const nanoseconds = nanosecondsOf(duration);
  return nanoseconds === undefined ? Number.NaN : Number(nanoseconds) / 1e9;
}
