import { describe, expect, it } from "vitest";
import type { Answer } from "../../verify/answers.ts";
import type { Counters } from "../../verify/counters.ts";
import type { HttpRoute } from "../../istio/virtualService.ts";
import { chancesOf, checkRoute } from "../../verify/routeChecks.ts";

const ALPHA = 1e-5;

/** An answer of a pod, which took so many milliseconds for it. */
const answer = (status: number, seconds = 0.01, service = 5): Answer => ({
  status,
  seconds,
  headers: { "x-envoy-upstream-service-time": String(service) },
});
/** An answer of the proxy itself. */
const byProxy = (status: number, seconds = 0.001): Answer => ({ status, seconds, headers: {} });
const times = (count: number, each: Answer): Answer[] => Array.from({ length: count }, () => each);

const sentTo = (counts: Readonly<Record<string, number>>): Counters =>
  new Map(
    Object.entries(counts).map(([subset, requests]) => [
      `outbound|9080|${subset}|reviews.bookinfo.svc.cluster.local`,
      [{ address: `10.0.0.1:${subset}`, requests, connections: 1, ejected: false }],
    ]),
  );

const to = (subset: string, weight?: number) => ({
  destination: { host: "reviews", subset },
  ...(weight !== undefined && { weight }),
});

/** Verdicts by what was looked at. */
function verdicts(route: HttpRoute, answers: readonly Answer[], counts: Readonly<Record<string, number>>) {
  const checks = checkRoute(route, { answers, sent: sentTo(counts), namespace: "bookinfo" }, ALPHA);
  return Object.fromEntries(checks.map(({ what, verdict }) => [what, verdict]));
}

const split: HttpRoute = { route: [to("v1", 90), to("v2", 10)] };
const single: HttpRoute = { route: [to("v1")] };

describe("shares", () => {
  it.each<[why: string, counts: Record<string, number>, expected: string]>([
    ["as declared", { v1: 900, v2: 100 }, "ok"],
    ["a little off by chance", { v1: 880, v2: 120 }, "ok"],
    ["too far off", { v1: 800, v2: 200 }, "wrong"],
    ["the other way round", { v1: 100, v2: 900 }, "wrong"],
  ])("%s", (_why, counts, expected) => {
    const found = verdicts(split, times(1000, answer(200)), counts);
    expect(found).toEqual({ "requests lost": "ok", "share of v1": expected, "share of v2": expected });
  });

  it("of a single destination take no exception", () => {
    expect(verdicts(single, times(100, answer(200)), { v1: 100 })["share of v1"]).toBe("ok");
    expect(verdicts(single, times(100, answer(200)), { v1: 99, v2: 1 })["share of v1"]).toBe("wrong");
  });

  it("of 0 take no request", () => {
    const off: HttpRoute = { route: [to("v1", 100), to("v2", 0)] };
    expect(verdicts(off, times(50, answer(200)), { v1: 50 })["share of v2"]).toBe("ok");
    expect(verdicts(off, times(50, answer(200)), { v1: 49, v2: 1 })["share of v2"]).toBe("wrong");
  });

  it("are not judged by requests that were tried again", () => {
    expect(verdicts(split, times(100, answer(200)), { v1: 130, v2: 10 })["share of v1"]).toBe("not verified");
  });

  it("do not count answers of the proxy's own", () => {
    const found = verdicts(single, [...times(90, answer(200)), ...times(10, byProxy(503))], { v1: 90 });
    expect(found).toEqual({ "requests lost": "wrong", "share of v1": "wrong" });
  });

  it("take a refusal by the connection pool for what it is", () => {
    const refused: Answer = { status: 503, seconds: 0.001, headers: { "x-envoy-overloaded": "true" } };
    const found = verdicts(single, [...times(90, answer(200)), ...times(10, refused)], { v1: 90 });
    expect(found).toEqual({ "requests lost": "ok", "share of v1": "ok" });
  });
});

describe("an abort", () => {
  const always: HttpRoute = { ...single, fault: { abort: { httpStatus: 500, percentage: { value: 100 } } } };
  const half: HttpRoute = { ...single, fault: { abort: { httpStatus: 500, percentage: { value: 50 } } } };

  it("hits all or its percentage", () => {
    expect(verdicts(always, times(100, byProxy(500)), {})).toEqual({
      "abort with 500": "ok",
      "share of v1": "not verified",
    });
    const mixed = [...times(50, byProxy(500)), ...times(50, answer(200))];
    expect(verdicts(half, mixed, { v1: 50 })).toEqual({
      "abort with 500": "ok",
      "requests lost": "ok",
      "share of v1": "ok",
    });
  });

  it.each<[why: string, route: HttpRoute, answers: Answer[]]>([
    ["it hits one too few", always, [...times(99, byProxy(500)), answer(200)]],
    ["it has another status", always, times(100, byProxy(555))],
    ["it hits too many", half, times(100, byProxy(500))],
    ["it hits none", half, times(100, answer(200))],
    ["the service itself answers so", always, times(100, answer(500))],
  ])("is wrong where %s", (_why, route, answers) => {
    expect(verdicts(route, answers, { v1: 1 })["abort with 500"]).toBe("wrong");
  });
});

describe("a delay", () => {
  const delayed: HttpRoute = { ...single, fault: { delay: { fixedDelay: "7s", percentage: { value: 100 } } } };

  it.each<[seconds: number, service: number, count: string, length: string]>([
    [7.02, 10, "ok", "ok"],
    [7.29, 5, "ok", "ok"],
    [7.4, 5, "ok", "wrong"],
    [6.9, 5, "wrong", "not verified"],
    // A slow service is not the delay's fault, and no excuse for one that is too short.
    [9.0, 1990, "ok", "ok"],
    [7.1, 2000, "wrong", "not verified"],
  ])("of 7 s measured as %d s, of which %d ms are the service's", (seconds, service, count, length) => {
    const found = verdicts(delayed, times(20, answer(200, seconds, service)), { v1: 20 });
    expect(found["delayed by 7s"]).toBe(count);
    expect(found["length of the delay"]).toBe(length);
  });
});

describe("a timeout", () => {
  const limited: HttpRoute = { ...single, timeout: "0.5s" };

  it.each<[why: string, answers: Answer[], expected: string]>([
    ["it fires at its value", times(20, byProxy(504, 0.51)), "ok"],
    ["it fires too late", times(20, byProxy(504, 0.9)), "wrong"],
    ["it fires too early", times(20, byProxy(504, 0.3)), "wrong"],
    ["nothing stops a slow service", times(20, answer(200, 2, 1990)), "wrong"],
    ["the service is fast", times(20, answer(200)), "not verified"],
  ])("where %s", (_why, answers, expected) => {
    expect(verdicts(limited, answers, { v1: 20 }).timeout).toBe(expected);
  });
});

describe("a mirror", () => {
  const mirrored = (value?: number): HttpRoute => ({
    ...single,
    mirrors: [
      { destination: { host: "reviews", subset: "v2" }, ...(value !== undefined && { percentage: { value } }) },
    ],
  });

  it.each<[percentage: number | undefined, copies: number, expected: string]>([
    [undefined, 100, "ok"],
    [100, 99, "wrong"],
    [100, 101, "wrong"],
    [50, 52, "ok"],
    [50, 100, "wrong"],
    [50, 0, "wrong"],
  ])("of %s percent, with %d copies of 100 requests", (percentage, copies, expected) => {
    const found = verdicts(mirrored(percentage), times(100, answer(200)), { v1: 100, v2: copies });
    expect(found["copies to v2"]).toBe(expected);
  });

  it("to where requests go as well cannot be told apart", () => {
    const route: HttpRoute = { ...single, mirrors: [{ destination: { host: "reviews", subset: "v1" } }] };
    const found = verdicts(route, times(10, answer(200)), { v1: 20 });
    expect(found["copies to v1"]).toBe("not verified");
    expect(found["share of v1"]).toBe("not verified");
  });
});

describe("answers of the proxy's own", () => {
  const moved = (status: number, location: string): Answer => ({ status, seconds: 0.001, headers: { location } });

  it.each<[status: number, location: string, expected: string]>([
    [301, "http://reviews/new", "ok"],
    [302, "http://reviews/new", "wrong"],
    [301, "http://reviews/old", "wrong"],
  ])("by %d to %s, where 301 to /new is declared, are %s", (status, location, expected) => {
    expect(verdicts({ redirect: { uri: "/new" } }, times(5, moved(status, location)), {}).redirect).toBe(expected);
  });

  it("have the status of a direct response", () => {
    const route: HttpRoute = { directResponse: { status: 418 } };
    expect(verdicts(route, times(5, byProxy(418)), {})).toEqual({ "direct response": "ok" });
    expect(verdicts(route, [byProxy(200)], {})).toEqual({ "direct response": "wrong" });
  });
});

describe("response headers", () => {
  const route: HttpRoute = { ...single, headers: { response: { set: { "X-Tag": "a" } } } };

  it.each([
    ["a", "ok"],
    ["b", "wrong"],
  ])("with the value %s", (value, expected) => {
    const tagged = { ...answer(200), headers: { ...answer(200).headers, "x-tag": value } };
    expect(verdicts(route, [tagged], { v1: 1 })["response header X-Tag"]).toBe(expected);
  });
});

it("does not call verified what it cannot see", () => {
  const route: HttpRoute = {
    ...single,
    rewrite: {},
    corsPolicy: {},
    headers: { request: {} },
    retries: { attempts: 3 },
  };
  const found = verdicts(route, [answer(200)], { v1: 1 });
  for (const what of ["rewrite", "CORS", "request headers", "attempts"]) expect(found[what]).toBe("not verified");
});

it("counts the shares of which chance decides", () => {
  const route: HttpRoute = {
    ...split,
    fault: {
      abort: { httpStatus: 500, percentage: { value: 100 } },
      delay: { fixedDelay: "1s", percentage: { value: 20 } },
    },
    mirrors: [{ destination: { host: "reviews", subset: "v3" } }],
  };
  expect(chancesOf(route)).toEqual([0.9, 0.1, 0.2]);
  expect(chancesOf(single)).toEqual([]);
});
