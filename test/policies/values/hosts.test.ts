import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlap } from "../../../istio/hosts.ts";
import { overlapsBefore } from "../../../policies/values/hosts.ts";

describe("hosts that overlap with one before them", () => {
  const label = fc.constantFrom("a", "b", "shop", "-a");
  const host = fc
    .tuple(fc.constantFrom("", "*", "*."), fc.array(label, { maxLength: 3 }))
    .map(([begin, labels]) => `${begin}${labels.join(".")}`);

  it("are those that one by one show to cover it, or to be covered", () => {
    fc.assert(
      fc.property(fc.array(host, { maxLength: 8 }), (hosts) => {
        const oneByOne = hosts.map((one, index) => hosts.slice(0, index).some((other) => overlap(one, other)));
        expect(overlapsBefore(hosts)).toEqual(oneByOne);
      }),
      { numRuns: 5000 },
    );
  });

  it("are found among many in time", () => {
    const hosts = Array.from({ length: 60_000 }, (_, index) => `host-${index}.example.com`);
    const start = performance.now();
    expect(overlapsBefore([...hosts, "*.example.com"]).indexOf(true)).toBe(60_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
