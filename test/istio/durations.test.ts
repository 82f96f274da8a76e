import { describe, expect, it } from "vitest";
import { nanosecondsOf, secondsOf } from "../../istio/durations.ts";

describe("durations", () => {
  it.each([
    ["7s", 7],
    ["0.5s", 0.5],
    ["500ms", 0.5],
    ["1m30s", 90],
    ["1h", 3600],
    ["-1.5h", -5400],
    ["0", 0],
    ["250us", 0.00025],
  ])("%s is %d seconds", (text, seconds) => {
    expect(secondsOf(text)).toBeCloseTo(seconds, 9);
  });

  it.each(["", "5", "s", "1d", "5 s", "1e3s"])("%j is none", (text) => {
    expect(nanosecondsOf(text)).toBeUndefined();
    expect(secondsOf(text)).toBeNaN();
  });

  it("are none where Envoy has no room for them", () => {
    expect(nanosecondsOf("2562047h")).toBe(2_562_047n * 3_600_000_000_000n);
    expect(nanosecondsOf("2562048h")).toBeUndefined();
  });
});
