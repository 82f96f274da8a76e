import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duration, durationOrNone, milliseconds } from "../../../components/traffic/durations.ts";

describe("durations", () => {
  it.each([
    ["500ms", 500],
    ["0.5s", 500],
    ["1.001s", 1001],
    ["7s", 7000],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["1s500ms", 1500],
  ])("%s is %d ms", (text, expected) => {
    expect(milliseconds(text)).toBe(expected);
    expect(duration.safeParse(text).success).toBe(true);
  });

  it.each([
    "",
    "5",
    "s",
    "5 s",
    "-1s",
    "1d",
    "0s",
    "0.5ms",
    "1500us",
    "1e3s",
    "s5",
    "5S",
    "2562048h",
    "9223372036s",
    5,
    null,
  ])("%j is none", (value) => {
    expect(duration.safeParse(value).success).toBe(false);
  });

  it("may be none where that means no limit", () => {
    expect(durationOrNone.safeParse("0s").success).toBe(true);
    expect(durationOrNone.safeParse("0.1ms").success).toBe(false);
  });

  it("add up, whatever their parts", () => {
    const amount = fc.nat({ max: 5000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (hours, minutes, seconds, millis) => {
        const text = `${hours}h${minutes}m${seconds}s${millis}ms`;
        expect(milliseconds(text)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis);
      }),
    );
  });

  it("are exact to the millisecond as decimal fractions of a second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (millis) => {
        expect(milliseconds(`${(millis / 1000).toFixed(3)}s`)).toBe(millis);
      }),
    );
  });
});
