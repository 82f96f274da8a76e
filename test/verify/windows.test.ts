import { describe, expect, it } from "vitest";
import { rateLimitSpec } from "../../components/traffic/rateLimit/localRateLimit.ts";
import { meshRateLimitSpec } from "../../components/traffic/rateLimit/meshRateLimit.ts";
import type { RateLimitOptions } from "../../components/traffic/rateLimit/rateLimitOptions.ts";
import { limitFiles } from "../../components/traffic/rateLimit/service/serviceObjects.ts";
import type { EnvoyFilter } from "../../verify/declared.ts";
import { isLimit } from "../../verify/rateLimitFindings.ts";
import { allowedIn, domainOf, untilNext, windowOf } from "../../verify/windows.ts";

const limits: RateLimitOptions = { scope: "mesh", requests: 100, per: "1m" };
const service = { host: "a.b.svc.cluster.local", port: 8081, failureMode: "allow", timeout: "1s" } as const;
const filter = (spec: unknown) =>
  ({ kind: "EnvoyFilter", metadata: { name: "a", namespace: "b" }, spec }) as unknown as EnvoyFilter;
const asking = (given: RateLimitOptions) =>
  filter(meshRateLimitSpec({ app: "reviews" }, { domain: "reviews.bookinfo", limits: given }, service));
const told = (given: RateLimitOptions, domain = "reviews.bookinfo") => [
  { kind: "ConfigMap" },
  { kind: "ConfigMap", data: limitFiles([{ domain, limits: given }]) },
];

describe("a limit for all pods", () => {
  const login = { match: { method: "POST" }, requests: 1, per: "1s" };

  it.each<[given: RateLimitOptions, seconds: number]>([
    [limits, 60],
    [{ ...limits, per: "1s" }, 1],
    [{ ...limits, per: "1h", routes: { login } }, 3600],
    [{ ...limits, per: "24h", perHeader: "x-user", routes: { login } }, 86_400],
  ])("is read from what the service is told: %o", (given, seconds) => {
    expect(domainOf(asking(given))).toBe("reviews.bookinfo");
    expect(windowOf(asking(given), told(given))).toEqual({ requests: 100, seconds });
    expect(isLimit(asking(given))).toBe(true);
  });

  it("is not known where the service knows of another host only", () => {
    expect(windowOf(asking(limits), told(limits, "ratings.bookinfo"))).toBeUndefined();
  });

  it("is none where each pod counts", () => {
    const local = filter(rateLimitSpec({ app: "reviews" }, { requests: 1, per: "1s" }));
    expect(domainOf(local)).toBeUndefined();
    expect(windowOf(local, told(limits))).toBeUndefined();
    expect(isLimit(local)).toBe(true);
  });

  const minute = { requests: 100, seconds: 60 };

  it("waits for the minute of the clock", () => {
    expect(untilNext(minute, Date.UTC(2026, 0, 1, 12, 0, 45))).toBe(15);
    expect(untilNext(minute, Date.UTC(2026, 0, 1, 12, 1, 0))).toBe(60);
  });

  it.each([
    [0, 59.9, 100],
    [59.9, 60, 200],
    [1, 121, 300],
  ])("lets through a window's worth for each that is touched, from %d s to %d s", (start, end, high) => {
    expect(allowedIn(minute, start * 1000, end * 1000)).toEqual({ low: 100, high });
  });
});
