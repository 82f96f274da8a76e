import { describe, expect, it } from "vitest";
import { rateLimitFilter } from "../../../components/traffic/rateLimit/localRateLimit.ts";
import { rateLimitRules, type RateLimitOptions } from "../../../components/traffic/rateLimit/rateLimitOptions.ts";
import { declared, specOf } from "./declared.ts";
import { pathsOf } from "./problems.ts";

const rules: RateLimitOptions = { requests: 4, per: "1m" };
const route = (args: object) => ({
  ...rules,
  routes: { write: { match: { method: "POST" }, requests: 1, per: "1m", ...args } },
});

/** What Envoy's filter is told. */
const filter = (args: RateLimitOptions) => rateLimitFilter(args).typed_config;

describe("a rate limit", () => {
  it("is for the pods of the service, in their sidecars", async () => {
    const resources = await declared({ productpage: { rateLimit: rules } });
    expect(specOf(resources, "EnvoyFilter", "productpage-rate-limit")).toMatchObject({
      workloadSelector: { labels: { app: "productpage" } },
      configPatches: [{ applyTo: "HTTP_FILTER", match: { context: "SIDECAR_INBOUND" } }],
    });
  });

  it("lets through what it says, of every request", () => {
    const always = { default_value: { numerator: 100, denominator: "HUNDRED" } };
    expect(filter(rules)).toMatchObject({
      token_bucket: { max_tokens: 4, tokens_per_fill: 4, fill_interval: "60s" },
      filter_enabled: always,
      filter_enforced: always,
    });
    expect(filter({ requests: 10, per: "500ms", burst: 20 })).toMatchObject({
      token_bucket: { max_tokens: 20, tokens_per_fill: 10, fill_interval: "0.5s" },
    });
    expect(filter(rules)).not.toHaveProperty("descriptors");
  });

  it("is tighter for some routes", () => {
    const one = { match: { uri: { exact: "/one.html" } }, requests: 1, per: "1m" };
    const write = { match: { uri: { prefix: "/api" }, method: "POST" }, requests: 2, per: "2m", burst: 3 };
    expect(filter({ ...rules, routes: { one, write } })).toMatchObject({
      rate_limits: [
        {
          actions: [
            {
              header_value_match: {
                descriptor_key: "route",
                descriptor_value: "one",
                headers: [{ name: ":path", string_match: { safe_regex: { regex: "(?:/one\\.html)(?:\\?.*)?" } } }],
              },
            },
          ],
        },
        {
          actions: [
            {
              header_value_match: {
                descriptor_value: "write",
                headers: [
                  { name: ":path", string_match: { prefix: "/api" } },
                  { name: ":method", string_match: { exact: "POST" } },
                ],
              },
            },
          ],
        },
      ],
      descriptors: [
        { entries: [{ key: "route", value: "one" }], token_bucket: { max_tokens: 1, fill_interval: "60s" } },
        { entries: [{ key: "route", value: "write" }], token_bucket: { max_tokens: 3, fill_interval: "120s" } },
      ],
    });
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["nothing gets through", { requests: 0, per: "1m" }, ["requests"]],
    ["it has no time", { requests: 4 }, ["per"]],
    ["it fills too fast for Envoy", { requests: 4, per: "49ms" }, ["per"]],
    ["less gets through at once than in a while", { ...rules, burst: 3 }, ["burst"]],
    ["a route takes all", route({ match: {} }), ["routes.write.match"]],
    ["a method has small letters", route({ match: { method: "post" } }), ["routes.write.match.method"]],
    ["a pattern looks ahead", route({ match: { uri: { regex: "(?=a)" } } }), ["routes.write.match.uri.regex"]],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(rateLimitRules, args)).toEqual(paths);
  });
});
