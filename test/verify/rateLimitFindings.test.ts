import { describe, expect, it } from "vitest";
import { rateLimitSpec } from "../../components/traffic/rateLimit/localRateLimit.ts";
import type { EnvoyFilter } from "../../verify/declared.ts";
import { faultFilter } from "../../verify/faultsOnRequest.ts";
import { allowedOf, bucketOf } from "../../verify/rateLimitFindings.ts";

const filter = (spec: unknown) =>
  ({ kind: "EnvoyFilter", metadata: { name: "a", namespace: "b" }, spec }) as unknown as EnvoyFilter;

describe("a rate limit", () => {
  it("is found in the filter that the component makes", () => {
    const spec = rateLimitSpec({ app: "productpage" }, { requests: 4, per: "1m", burst: 10 });
    expect(bucketOf(filter(spec))).toEqual({ max_tokens: 10, tokens_per_fill: 4, fill_interval: "60s" });
  });

  it("is in no other filter", () => {
    expect(bucketOf(filter(faultFilter({ app: "productpage" }, "token")))).toBeUndefined();
  });

  it.each([
    [1, 2, { low: 10, high: 14 }],
    [1, 61, { low: 10, high: 18 }],
    [3, 2, { low: 10, high: 42 }],
  ])("lets through what the buckets of %d pods hold and get in %d s", (pods, seconds, bounds) => {
    expect(allowedOf({ max_tokens: 10, tokens_per_fill: 4, fill_interval: "60s" }, pods, seconds)).toEqual(bounds);
  });
});
