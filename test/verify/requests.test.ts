import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpMatch, HttpRoute } from "../../istio/virtualService.ts";
import { requestsOf, routeOf, type Place } from "../../verify/requests.ts";

const mesh: Place = {
  gateway: "mesh",
  objectNamespace: "bookinfo",
  scheme: "http",
  port: 9080,
  namespace: "bookinfo",
  labels: { app: "sleep" },
};
const endpoint: Place = { gateway: "bookinfo/bookinfo", objectNamespace: "bookinfo", scheme: "http", port: 80 };

const routed = (...matches: (HttpMatch[] | undefined)[]): HttpRoute[] =>
  matches.map((match) => (match === undefined ? {} : { match }));
const jason: HttpMatch = { headers: { "end-user": { exact: "jason" } } };
const one = (routes: HttpRoute[], index: number, place = mesh) =>
  requestsOf(routes, index, place, "reviews", ["/reviews/0"]);

describe("the requests that take a route", () => {
  it("are one for each of its matches", () => {
    const routes = routed([{ uri: { exact: "/a" } }, { uri: { prefix: "/b" } }]);
    expect(one(routes, 0).map(({ path }) => path)).toEqual(["/a", "/b"]);
  });

  it("keep clear of the routes before it", () => {
    const routes = routed([jason], undefined);
    expect(one(routes, 0)[0]?.headers).toEqual({ "end-user": "jason", host: "reviews" });
    expect(one(routes, 1)[0]?.headers).toEqual({ host: "reviews" });
  });

  it("take another path where the usual one belongs to a route before", () => {
    expect(one(routed([{ uri: { exact: "/reviews/0" } }], undefined), 1)[0]?.path).toBe("/");
  });

  it.each<[why: string, match: HttpMatch, place: Place]>([
    ["the client has other labels", { sourceLabels: { app: "productpage" } }, mesh],
    ["the client is in another namespace", { sourceNamespace: "default" }, mesh],
    ["the client has no namespace", { sourceNamespace: "bookinfo" }, endpoint],
    ["it is for a gateway", { gateways: ["bookinfo"] }, mesh],
    ["it is for the sidecars", { gateways: ["mesh"] }, endpoint],
    ["it is for another port", { port: 80 }, mesh],
    ["it is for another scheme", { scheme: { exact: "https" } }, mesh],
  ])("are none where %s", (_why, match, place) => {
    expect(one(routed([match]), 0, place)).toEqual([]);
  });

  it("are none where a route before takes everything", () => {
    expect(one(routed(undefined, [jason]), 1)).toEqual([]);
  });

  it.each<[match: HttpMatch, expected: object]>([
    [{ method: { exact: "POST" } }, { method: "POST" }],
    [{ queryParams: { page: { exact: "2" } } }, { query: { page: "2" } }],
    [{ authority: { exact: "other" } }, { headers: { host: "other" } }],
    [{ uri: { exact: "/REVIEWS/0" }, ignoreUriCase: true }, { path: "/reviews/0" }],
    [
      { headers: { "user-agent": { regex: ".*Firefox/.*" } } },
      { headers: { "user-agent": "Firefox/", host: "reviews" } },
    ],
    [{ headers: { "x-any": {} } }, { headers: { "x-any": "verify", host: "reviews" } }],
    [{ withoutHeaders: { "end-user": {} } }, { headers: { host: "reviews" } }],
    [{ gateways: ["bookinfo/bookinfo", "mesh"] }, { path: "/reviews/0" }],
    [{ sourceLabels: { app: "sleep" } }, { path: "/reviews/0" }],
  ])("meet %j", (match, expected) => {
    expect(one(routed([match]), 0)).toEqual([expect.objectContaining(expected)]);
  });

  it("always take their route, whatever the routes", () => {
    const text = fc.constantFrom("a", "b", "ab");
    const comparison = fc.oneof(fc.record({ exact: text }), fc.record({ prefix: text }), fc.constant({ regex: "a.*" }));
    const match = fc.record(
      {
        uri: comparison.map((each) => ("regex" in each ? { regex: "/a.*" } : mapped(each, (value) => `/${value}`))),
        headers: fc.dictionary(fc.constantFrom("x", "y"), comparison, { minKeys: 1, maxKeys: 2 }),
        withoutHeaders: fc.dictionary(fc.constantFrom("x", "z"), comparison, { minKeys: 1, maxKeys: 1 }),
      },
      { requiredKeys: [] },
    );
    const routes = fc.array(fc.array(match, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(routes, (matches) => {
        const all = routed(...matches);
        for (const index of all.keys()) {
          for (const request of one(all, index)) expect(routeOf(all, request, mesh)).toBe(index);
        }
      }),
    );
  });
});

function mapped(match: { exact: string } | { prefix: string }, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(match).map(([key, value]) => [key, change(value)]));
}
