import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptance, FALSE_ALARM, requestsFor } from "../../verify/binomial.ts";

/** Chance of each number of hits, by going through the requests one by one. */
function chances(requests: number, probability: number): number[] {
  let row = [1];
  for (let request = 0; request < requests; request++) {
    const [hit, miss] = [row, row];
    row = Array.from(
      { length: row.length + 1 },
      (_, count) => (miss[count] ?? 0) * (1 - probability) + (hit[count - 1] ?? 0) * probability,
    );
  }
  return row;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** Numbers that only look like chance (mulberry32), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const share = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
const some = fc.integer({ min: 1, max: 120 });
const alpha = fc.constantFrom(0.2, 0.01, 1e-4, 1e-6);

describe("acceptance", () => {
  it("leaves out counts of a chance of at most alpha, and not one more than it has to", () => {
    fc.assert(
      fc.property(some, share, alpha, (requests, probability, chance) => {
        const { low, high } = acceptance(requests, probability, chance);
        const each = chances(requests, probability);
        const tolerance = 1e-9;
        expect(sum(each.slice(0, low))).toBeLessThanOrEqual(chance / 2 + tolerance);
        expect(sum(each.slice(0, low + 1))).toBeGreaterThan(chance / 2 - tolerance);
        expect(sum(each.slice(high + 1))).toBeLessThanOrEqual(chance / 2 + tolerance);
        expect(sum(each.slice(high))).toBeGreaterThan(chance / 2 - tolerance);
      }),
    );
  });

  it("is the mirror image for those that miss", () => {
    fc.assert(
      fc.property(some, share, alpha, (requests, probability, chance) => {
        const { low, high } = acceptance(requests, probability, chance);
        expect(acceptance(requests, 1 - probability, chance)).toEqual({ low: requests - high, high: requests - low });
      }),
    );
  });

  it.each([
    [0, { low: 0, high: 0 }],
    [1, { low: 700, high: 700 }],
  ])("takes no other count at all where the share is %d", (probability, bounds) => {
    expect(acceptance(700, probability, FALSE_ALARM)).toEqual(bounds);
  });

  it("raises no more false alarms in a simulation than alpha says", () => {
    const [runs, requests, probability, chance] = [20_000, 200, 0.3, 0.01];
    const { low, high } = acceptance(requests, probability, chance);
    const random = generator(20260827);
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      let hits = 0;
      for (let request = 0; request < requests; request++) if (random() < probability) hits++;
      if (hits < low || hits > high) alarms++;
    }
    const each = chances(requests, probability);
    const expected = sum(each.slice(0, low)) + sum(each.slice(high + 1));
    expect(expected).toBeLessThanOrEqual(chance);
    // The number of alarms is a matter of chance itself: once in a million, it would lie outside.
    const bounds = acceptance(runs, expected, 1e-6);
    expect(alarms).toBeGreaterThanOrEqual(bounds.low);
    expect(alarms).toBeLessThanOrEqual(bounds.high);
  });
});

describe("requestsFor", () => {
  it.each([[[0.5]], [[0.1, 0.9]], [[0.25, 0.75]], [[0.01]]])(
    "sends so many for %j that a share which is 6 points off is found out, but for once in 100 runs",
    (shares) => {
      const threshold = FALSE_ALARM / 20;
      const requests = requestsFor(shares, threshold, 0.03);
      for (const declared of shares) {
        const { low, high } = acceptance(requests, declared, threshold);
        for (const real of [declared - 0.06, declared + 0.06].filter((each) => each >= 0 && each <= 1)) {
          const missed = sum(chances(requests, real).slice(low, high + 1));
          expect(missed).toBeLessThan(0.01);
        }
      }
    },
  );

  it("sends more the nearer the bounds have to be", () => {
    expect(requestsFor([0.5], 1e-5, 0.02)).toBeGreaterThan(requestsFor([0.5], 1e-5, 0.04));
  });
});
