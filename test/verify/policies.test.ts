import { describe, expect, it } from "vitest";
import type { TrafficPolicy } from "../../istio/generated/specs.ts";
import type { DestinationRule } from "../../verify/declared.ts";
import { isNarrow, limitOf, policyOf } from "../../verify/policies.ts";

const rule: DestinationRule = {
  kind: "DestinationRule",
  metadata: { name: "rule", namespace: "bookinfo" },
  spec: {
    host: "reviews",
    trafficPolicy: { loadBalancer: { simple: "RANDOM" }, connectionPool: { http: { http2MaxRequests: 100 } } },
    subsets: [{ name: "v1", trafficPolicy: { loadBalancer: { simple: "ROUND_ROBIN" } } }, { name: "v2" }],
  },
};

describe("the policy for a destination", () => {
  it.each([
    ["reviews", undefined, "RANDOM"],
    ["reviews", "v1", "ROUND_ROBIN"],
    ["reviews", "v2", "RANDOM"],
    ["reviews.bookinfo.svc.cluster.local", "v1", "ROUND_ROBIN"],
    ["ratings", undefined, undefined],
  ])("%s, subset %s", (host, subset, simple) => {
    expect(policyOf([rule], host, "bookinfo", subset).loadBalancer?.simple).toBe(simple);
  });

  it("keeps what the subset leaves open", () => {
    expect(policyOf([rule], "reviews", "bookinfo", "v1").connectionPool?.http?.http2MaxRequests).toBe(100);
  });

  it("is not that of a service of the same name in another namespace", () => {
    expect(policyOf([rule], "reviews", "default")).toEqual({});
  });
});

describe("the limit of concurrent requests", () => {
  it.each<[pool: TrafficPolicy["connectionPool"], limit: number | undefined, narrow: boolean]>([
    [{ tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } }, 2, true],
    [{ tcp: { maxConnections: 1 } }, undefined, false],
    [{ http: { http1MaxPendingRequests: 1 } }, undefined, false],
    [{ http: { http2MaxRequests: 5 } }, 5, true],
    [{ tcp: { maxConnections: 10 }, http: { http1MaxPendingRequests: 10, http2MaxRequests: 5 } }, 5, true],
    [{ tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 10, http2MaxRequests: 1000 } }, 110, false],
    [undefined, undefined, false],
  ])("of %j is %s", (connectionPool, limit, narrow) => {
    const policy = connectionPool ? { connectionPool } : {};
    expect(limitOf(policy)).toBe(limit);
    expect(isNarrow(policy)).toBe(narrow);
  });
});
