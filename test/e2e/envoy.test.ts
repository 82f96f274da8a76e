// What Envoy itself takes and refuses, against what this project says of it.
import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { celProblem } from "../../istio/cel.ts";
import { formatOperators, type Operator } from "../../istio/formatOperators.ts";
import { formatProblems } from "../../istio/formatString.ts";
import { headerValueProblems } from "../../istio/headerValue.ts";
import { rateLimitFilter } from "../../components/traffic/rateLimit/localRateLimit.ts";
import { meshRateLimitFilter } from "../../components/traffic/rateLimit/meshRateLimit.ts";
import type { RateLimitOptions } from "../../components/traffic/rateLimit/rateLimitOptions.ts";
import type { FailureMode } from "../../components/traffic/rateLimit/service/serviceOptions.ts";
import { didYouMean } from "../../lib/schema/problems.ts";
import { envoy } from "../../testbed/packages.ts";
import { clusterWith, configOf, Judge, logging, routeTo, routeWith, settingHeader } from "./envoyConfig.ts";

let judge: Judge;
beforeAll(async () => {
  judge = new Judge(await envoy(), mkdtempSync(join(tmpdir(), "envoy-")));
});
afterAll(() => {
  rmSync(judge.folder, { recursive: true });
});

const inHeaders = [...formatOperators].filter(([, { only = "header" }]) => only === "header");
const problems = (value: string) => [...headerValueProblems(value, didYouMean)];

/** Uses of an operator that differ in kind. */
function usedWell([name, { argument, takesLength, example }]: readonly [string, Operator]): string[] {
  const cut = takesLength ? [`${example.slice(0, -1)}:5%`] : [];
  return [example, ...cut, ...(argument === "required" ? [] : [`%${name}%`, `%${name}()%`])];
}

/** Wrong uses that differ in kind; of the many operators without an argument one is as good as the other. */
function usedBadly([name, { argument, takesLength, example }]: readonly [string, Operator]): string[] {
  const open = example.slice(0, -1);
  const oneLetterLess = name.slice(0, -2) + name.slice(-1);
  const misspelt = formatOperators.has(oneLetterLess) ? [] : [`%${oneLetterLess}%`];
  if (argument === "none") return misspelt;
  return [
    ...misspelt,
    ...(takesLength ? [`${open}:%`, `${open}:-1%`] : [`${open}:5%`]),
    ...(argument === "required" ? [`%${name}%`] : []),
    `%${name}(a%`,
  ];
}

const well = [
  ...inHeaders.flatMap((operator) => usedWell(operator)),
  ...["", "%%", "100%%", "a%%b%PROTOCOL%c%%", "%%%PROTOCOL%%%", "%REQ(a?b)%", "%REQ(?)%", "%REQ(x):007%"],
  ...[
    "%REQ(:path)%",
    "%REQ(a%b)%",
    "%START_TIME(a)b)%",
    "%START_TIME(%Y/%m/%dT%H:%M:%S%z %s.%3f)%",
    "%GRPC_STATUS(NUMBER)%",
  ],
  ...["%PATH(NQ:ORIG)%", "%PATH(:)%", "%QUERY_PARAMS(DECODED):9%", "%REQUESTED_SERVER_NAME(HOST_FIRST:ORIG_OR_HOST)%"],
  ...["%COMMON_DURATION(a:b)%", "%FILTER_STATE(a:FIELD:b)%", "%FILTER_STATE(a:TYPED::b)%", "%METADATA(ROUTE)%"],
  ...[
    '%DYNAMIC_METADATA(["a", "b"])%',
    "%UPSTREAM_METADATA([a])%",
    "%CEL(request.headers['a'] == \"b\")%",
    "a".repeat(16384),
  ],
];

const badly = [
  ...inHeaders.flatMap((operator) => usedBadly(operator)),
  ...[
    "%",
    "a%",
    "50% off",
    "%d items",
    "a%20b",
    "%E2%82%AC",
    "%PROTOCOL%%",
    "%PROTOCOL %",
    "% PROTOCOL%",
    "%Protocol%",
    "%%%",
  ],
  ...[
    "%()%",
    "%:3%",
    "%A-B%",
    "%_%",
    "%9%",
    "%REQ[x]%",
    "%REQ(x",
    "%REQ x)%",
    "%REQ((x)%",
    "%REQ(x))%",
    "%REQ(x)y%",
    "%REQ(x) %",
  ],
  ...[
    "%REQ(x)::1%",
    "%REQ(x):1:2%",
    "%REQ(x):+1%",
    "%REQ(x):18446744073709551616%",
    "%REQ(a?b?c)%",
    "%REQ(a b)%",
    "%REQ(:)%",
  ],
  ...[
    "%START_TIME(%n)%",
    "%EMIT_TIME(%-3En)%",
    "%GRPC_STATUS(number)%",
    "%PATH(nq)%",
    "%PATH(NQ:X)%",
    "%QUERY_PARAMS(ORIG:)%",
  ],
  ...["%REQUESTED_SERVER_NAME(X)%", "%COMMON_DURATION(a)%", "%COMMON_DURATION(a:b:s)%", "%COMMON_DURATION(a:b:ms:)%"],
  ...[
    "%FILTER_STATE(:PLAIN)%",
    "%FILTER_STATE(a:X)%",
    "%FILTER_STATE(a:FIELD)%",
    "%FILTER_STATE(a:PLAIN:b)%",
    "%METADATA(X:a)%",
  ],
  ...[
    "%CEL(request.)%",
    "%CEL( )%",
    "%COALESCE(x)%",
    '%COALESCE({"operators": []})%',
    '%COALESCE({"operators": ["FOO"]})%',
  ],
  ...[
    "%NOT_A_VARIABLE%",
    "%ISTIO_METADATA%",
    "%DOWNSTREAM_REMOTE_ADRESS%",
    "%REQ_WITHOUT_QUERY(:path)%",
    "a".repeat(16385),
  ],
];

/** What a hand may make of it, the same at each run. */
const anything = fc.sample(
  fc
    .array(
      fc.oneof(
        fc.constantFrom("%", "%%", "(", ")", ":", ":3", "?", " ", "x-a", "ROUTE:a", "a:b", '["a"]'),
        fc.constantFrom("REQ", "PROTOCOL", "START_TIME", "DYNAMIC_METADATA", "PATH", "FILTER_STATE", "req"),
        fc.constantFrom("%REQ(", "%PROTOCOL%", ")%", "%START_TIME(", "%METADATA("),
      ),
      { minLength: 1, maxLength: 7 },
    )
    .map((pieces) => pieces.join(""))
    .filter((text) => text.includes("%")),
  { numRuns: 40, seed: 31 },
);

const configs = (values: readonly string[]) => values.map((value) => configOf([routeWith(settingHeader(value))]));

describe("the value of a header", () => {
  it("is taken by Envoy and by us where each variable is used well", async () => {
    const routes = well.map((value) => routeWith(settingHeader(value)));
    expect(await judge.refusal(configOf(routes))).toBeUndefined();
    expect(well.filter((value) => problems(value).length > 0)).toEqual([]);
  });

  it("is refused by Envoy and by us where a variable is broken", async () => {
    const broken = [...new Set(badly)];
    expect(broken.length).toBeGreaterThan(200);
    const refusals = await judge.refusals(configs(broken));
    expect(broken.filter((_value, index) => refusals[index] === undefined)).toEqual([]);
    expect(broken.filter((value) => problems(value).length === 0)).toEqual([]);
  });

  it("is judged as Envoy judges it, whatever it is", async () => {
    const refusals = await judge.refusals(configs(anything));
    const verdicts = anything.map((value, index) => ({ value, isRefused: refusals[index] !== undefined }));
    expect(new Set(verdicts.map(({ isRefused }) => isRefused)).size).toBe(2);
    expect(anything.map((value) => ({ value, isRefused: problems(value).length > 0 }))).toEqual(verdicts);
  });
});

describe("the formats and filters of access logs", () => {
  it.each([
    "%START_TIME% %REQ(X-A?:PATH):9% %PROTOCOL%",
    "%CEL(request.headers['a'].contains('b'))%",
    '%COALESCE({"operators": ["PROTOCOL", {"command": "REQ", "param": ":authority"}]}):9%',
    "%DURATON%",
    "%PER_REQUEST_STATE(a)%",
    '%COALESCE({"operators": [{"command": "PER_REQUEST_STATE", "param": "a"}]})%',
    "%CEL(string(response.code))%",
    "100%",
  ])("are judged as Envoy judges them: %s", async (format) => {
    const isRefused = [...formatProblems(format, "access log", didYouMean)].length > 0;
    expect((await judge.refusal(logging(format))) !== undefined).toBe(isRefused);
  });

  it.each([
    "response.code >= 400 || has(request.headers.debug)",
    "has(request.headers['x-debug'])",
    "request.time.getHours('UTC') > 7 && re.extract(request.path, '/(.*)', 'x') == 'y'",
    "response.code >=",
    "string(response.code) == '400'",
    "request.headers.exists(name, name == 'a')",
    "request.path.contains('a', 'b')",
  ])("are judged as Envoy judges them: %s", async (filter) => {
    expect((await judge.refusal(logging("", filter))) !== undefined).toBe(celProblem(filter) !== undefined);
  });
});

const hash = (attribute: object) =>
  routeTo({ hash_policy: [{ cookie: { name: "a", ttl: "1s", attributes: [attribute] } }] });
const expression = (regex: string) => routeTo({}, { safe_regex: { regex } });
const parameter = (name: string) => routeTo({}, { prefix: "/", query_parameters: [{ name, present_match: true }] });
const rewritten = (substitution: string) => routeTo({ regex_rewrite: { pattern: { regex: "a" }, substitution } });
const ring = (size: number) =>
  clusterWith({ lb_policy: "RING_HASH", ring_hash_lb_config: { minimum_ring_size: size } });

describe("the limits that settings keep to for Envoy", () => {
  it.each<[what: string, taken: object, refused: object]>([
    ["the size of a ring", ring(8_388_608), ring(8_388_609)],
    ["a timeout", routeTo({ timeout: "9223369200s" }), routeTo({ timeout: "9223372036s" })],
    [
      "a connection's timeout",
      clusterWith({ connect_timeout: "9223369200s" }),
      clusterWith({ connect_timeout: "9223372036s" }),
    ],
    ["the size of an expression", expression("x{1000}".repeat(32)), expression("x{1000}".repeat(33))],
    ["the length of a parameter's name", parameter("é".repeat(512)), parameter("é".repeat(513))],
    ["a parameter's name", parameter("a"), parameter("")],
    ["an attribute of a cookie", hash({ name: "a", value: "b c" }), hash({ name: "a", value: "b\nc" })],
    ["a rewrite", rewritten("a b"), rewritten("a\nb")],
    ["a prefix", routeTo({ prefix_rewrite: "/a" }), routeTo({ prefix_rewrite: "/a\0" })],
  ])("are Envoy's own: %s", async (_what, taken, refused) => {
    expect(await judge.refusal(taken)).toBeUndefined();
    expect(await judge.refusal(refused)).toBeDefined();
  });
});

describe("the filters of rate limits", () => {
  const upload = { match: { uri: { regex: "/files/[0-9]+" }, method: "POST" }, requests: 1, per: "1m" };
  const service = { host: "ratelimit.rate-limit.svc.cluster.local", port: 8081, timeout: "250ms" };
  const asking = (limits: RateLimitOptions, failureMode: FailureMode) =>
    meshRateLimitFilter({ domain: "reviews.bookinfo", limits }, { ...service, failureMode });
  const withFilter = (filter: object) => configOf([routeWith({})], [], [filter]);

  it.each<[what: string, filter: object]>([
    ["of a pod", rateLimitFilter({ requests: 100, per: "1s", burst: 200, routes: { upload } })],
    ["of the mesh", asking({ requests: 100, per: "1m" }, "allow")],
    ["of the mesh, by header", asking({ requests: 5, per: "1h", perHeader: "x-api-key", routes: { upload } }, "deny")],
    [
      "of the mesh, by header for a route",
      asking({ requests: 5, per: "24h", routes: { upload: { ...upload, perHeader: "x-api-key" } } }, "deny"),
    ],
  ])("are taken by Envoy: %s", async (_what, filter) => {
    expect(await judge.refusal(withFilter(filter))).toBeUndefined();
  });

  it("are refused by Envoy where one field is another", async () => {
    const { name, typed_config: config } = asking({ requests: 100, per: "1m" }, "deny");
    for (const wrong of [{ domain: "" }, { status_on_error: { code: "Unavailable" } }, { timeout: "250ms" }]) {
      expect(await judge.refusal(withFilter({ name, typed_config: { ...config, ...wrong } }))).toBeDefined();
    }
  });
});
