import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import {
  meshRateLimitFilter,
  serviceLimits,
  type HostLimits,
} from "../../../components/traffic/rateLimit/meshRateLimit.ts";
import { RateLimit } from "../../../components/traffic/rateLimit/rateLimit.ts";
import { rateLimitRules, type RateLimitOptions } from "../../../components/traffic/rateLimit/rateLimitOptions.ts";
import { RateLimitService } from "../../../components/traffic/rateLimit/service/rateLimitService.ts";
import { limitFiles } from "../../../components/traffic/rateLimit/service/serviceObjects.ts";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { record } from "../../recorder.ts";
import { mesh } from "../mesh.ts";
import { KNOWN } from "./declared.ts";
import { wordsOf } from "./problems.ts";

const limits: RateLimitOptions = { scope: "mesh", requests: 100, per: "1m" };
const host = "ratelimit.rate-limit.svc.cluster.local";
const service = { host, port: 8081, failureMode: "allow", timeout: "250ms" } as const;
const login = { match: { uri: { exact: "/login" }, method: "POST" }, requests: 5, per: "1h" };

/** What Envoy's filter is told. */
const filter = (given: RateLimitOptions, asked: Partial<Parameters<typeof meshRateLimitFilter>[1]> = {}) =>
  meshRateLimitFilter({ domain: "reviews.bookinfo", limits: given }, { ...service, ...asked }).typed_config;
const told = (given: RateLimitOptions) => serviceLimits({ domain: "reviews.bookinfo", limits: given });

const ALL = { generic_key: { descriptor_key: "requests", descriptor_value: "all" } };
const USER = { request_headers: { header_name: "x-user", descriptor_key: "header" } };
const NOBODY = {
  header_value_match: {
    descriptor_key: "without",
    descriptor_value: "header",
    expect_match: false,
    headers: [{ name: "x-user", present_match: true }],
  },
};

/** The descriptors that a filter sends, without the values that requests bring, as the keys that the service looks up. */
function sentBy(given: RateLimitOptions): string[] {
  const actions = filter(given).rate_limits.map((each) => each.actions as Record<string, Record<string, string>>[]);
  return actions.map((list) =>
    list
      .flatMap((action) => Object.values(action))
      .map(({ descriptor_key: key = "", descriptor_value: value }) => (value === undefined ? key : `${key}=${value}`))
      .join("/"),
  );
}

/** The same, as the service has limits for them. */
function knownTo(given: RateLimitOptions): string[] {
  type Descriptors = ReturnType<typeof serviceLimits>["descriptors"];
  const paths = (descriptors: Descriptors, before: string): string[] =>
    descriptors.flatMap(({ key, value, rate_limit: limit, descriptors: inside = [] }) => {
      const path = `${before}${value === undefined ? key : `${key}=${value}`}`;
      return [...(limit ? [path] : []), ...paths(inside, `${path}/`)];
    });
  return paths(told(given).descriptors, "");
}

describe("a rate limit for all pods", () => {
  it("is asked of the service, and what does not get an answer passes", () => {
    expect(filter(limits)).toEqual({
      "@type": "type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit",
      domain: "reviews.bookinfo",
      timeout: "0.25s",
      failure_mode_deny: false,
      status_on_error: { code: "ServiceUnavailable" },
      enable_x_ratelimit_headers: "DRAFT_VERSION_03",
      rate_limit_service: {
        transport_api_version: "V3",
        grpc_service: { envoy_grpc: { cluster_name: `outbound|8081||${host}`, authority: host } },
      },
      rate_limits: [{ actions: [ALL] }],
    });
    expect(told(limits)).toEqual({
      domain: "reviews.bookinfo",
      descriptors: [{ key: "requests", value: "all", rate_limit: { unit: "minute", requests_per_unit: 100 } }],
    });
  });

  it("refuses what does not get an answer where it is told to", () => {
    expect(filter(limits, { failureMode: "deny", timeout: "1.5s" })).toMatchObject({
      failure_mode_deny: true,
      timeout: "1.5s",
    });
  });

  it.each(["1s", "1m", "60s", "1h", "24h"])("counts in a window of %s", (per) => {
    const units = { "1s": "second", "1m": "minute", "60s": "minute", "1h": "hour", "24h": "day" };
    const [all] = told({ ...limits, per }).descriptors;
    expect(all?.rate_limit).toEqual({ unit: units[per as keyof typeof units], requests_per_unit: 100 });
  });

  it("counts each value of a header, and all requests without it together", () => {
    const perUser = { ...limits, perHeader: "x-user" };
    expect(filter(perUser).rate_limits).toEqual([{ actions: [ALL, USER] }, { actions: [ALL, NOBODY] }]);
    const rate_limit = { unit: "minute", requests_per_unit: 100 };
    expect(told(perUser).descriptors).toEqual([
      {
        key: "requests",
        value: "all",
        descriptors: [
          { key: "header", rate_limit },
          { key: "without", value: "header", rate_limit },
        ],
      },
    ]);
  });

  it.each<[what: string, given: RateLimitOptions]>([
    ["of all requests", limits],
    ["by header", { ...limits, perHeader: "x-user" }],
    ["of a route", { ...limits, routes: { login } }],
    ["of a route called as all are", { ...limits, routes: { all: login } }],
    [
      "of all and of routes by header",
      { ...limits, perHeader: "x-a", routes: { login: { ...login, perHeader: "x-b" } } },
    ],
  ])("is told to the service for just what sidecars ask: %s", (_what, given) => {
    expect(knownTo(given)).toEqual(sentBy(given));
    expect(new Set(sentBy(given)).size).toBe(sentBy(given).length);
  });

  it("is a file for each host, which says the same", () => {
    const files = limitFiles(["reviews", "ratings"].map((name) => ({ domain: `${name}.bookinfo`, limits })));
    expect(Object.keys(files)).toEqual(["reviews.bookinfo.yaml", "ratings.bookinfo.yaml"]);
    expect(load(files["reviews.bookinfo.yaml"] ?? "")).toEqual(told(limits));
  });

  it("needs a service that counts", async () => {
    const alone = record(() => {
      new RateLimit("reviews", { ...limits, namespace: new MeshNamespace("bookinfo"), mesh: mesh() });
    }, KNOWN);
    await expect(alone).rejects.toThrow(/pass a RateLimitService/);
  });

  it.each<[what: string, hosts: HostLimits[]]>([
    ["the host", []],
    ["the number", [{ domain: "reviews.bookinfo", limits: { ...limits, requests: 99 } }]],
    ["the route", [{ domain: "reviews.bookinfo", limits: { ...limits, routes: { login } } }]],
  ])("needs a service that knows %s", async (_what, hosts) => {
    const other = record(() => {
      const place = { namespace: new MeshNamespace("bookinfo"), mesh: mesh() };
      const service = new RateLimitService("ratelimit", { ...place, hosts, profile: "demo" });
      new RateLimit("reviews", { ...limits, ...place, service });
    }, /./);
    await expect(other).rejects.toThrow(/add them to its hosts, under the domain reviews\.bookinfo/);
  });
});

describe("the scope of a rate limit", () => {
  it.each<[why: string, args: object, words: string[]]>([
    ["it is none", { ...limits, scope: "cluster" }, ["scope must be pod or mesh"]],
    [
      "a window has no bucket",
      { ...limits, burst: 200 },
      ["burst has no place beside scope: mesh, which counts in windows of the clock: leave it out"],
    ],
    [
      "there is no such window",
      { ...limits, per: "90s", routes: { login: { ...login, per: "30m" } } },
      ["per", "routes.login.per"].map(
        (path) => `${path} must be 1s, 1m, 1h or 24h beside scope: mesh, which counts in windows of the clock`,
      ),
    ],
    [
      "a pod counts all together",
      {
        requests: 1,
        per: "1m",
        perHeader: "x-user",
        routes: { login: { ...login, requests: 1, perHeader: "x-user" } },
      },
      ["perHeader", "routes.login.perHeader"].map(
        (path) => `${path} needs scope: mesh, since a pod counts all requests together`,
      ),
    ],
    [
      "a header has another form",
      { ...limits, perHeader: ":path" },
      ["perHeader must be the name of a header, such as x-request-id"],
    ],
    [
      "each value of a header may go beyond all",
      { ...limits, routes: { login: { ...login, requests: 200, per: "1m", perHeader: "x-user" } } },
      [
        "routes.login.requests is above the limit of all requests, which is reached first: set fewer requests, or a longer time",
      ],
    ],
  ])("is refused where %s", (_why, args, words) => {
    expect(wordsOf(rateLimitRules, args).map((each) => each.replace(/; it is a string$/, ""))).toEqual(words);
  });

  it("lets a route have more than each value of a header", () => {
    const args = { ...limits, perHeader: "x-user", routes: { login: { ...login, requests: 1000, per: "1m" } } };
    expect(wordsOf(rateLimitRules, args)).toEqual([]);
  });
});
