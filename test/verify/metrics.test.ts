import { describe, expect, it } from "vitest";
import type { HttpRoute } from "../../istio/virtualService.ts";
import type { DestinationRule, VirtualService } from "../../verify/declared.ts";
import { countedSince, metricsFinding, sharedIn } from "../../verify/metrics.ts";

const metadata = { name: "reviews-routes", namespace: "bookinfo" };
const to = (v1: number, v2: number): HttpRoute => ({
  route: [
    { destination: { host: "reviews", subset: "first" }, weight: v1 },
    { destination: { host: "reviews", subset: "second" }, weight: v2 },
  ],
});
const routes = (...http: HttpRoute[]): VirtualService => ({
  kind: "VirtualService",
  metadata,
  spec: { hosts: ["reviews"], http },
});
const versions: DestinationRule = {
  kind: "DestinationRule",
  metadata: { name: "reviews-versions", namespace: "bookinfo" },
  spec: {
    host: "reviews",
    subsets: [
      { name: "first", labels: { version: "v1" } },
      { name: "second", labels: { version: "v2" } },
    ],
  },
};
const HOST = "reviews.bookinfo.svc.cluster.local";
describe("routes of which the metrics can tell", () => {
  it("share out all requests of a host", () => {
    const [shared, ...others] = sharedIn([routes(to(80, 20))], [versions]);
    expect(others).toEqual([]);
    expect(shared?.host).toBe(HOST);
    expect([...(shared?.versions ?? [])]).toEqual([
      ["first", "v1"],
      ["second", "v2"],
    ]);
  });

  it.each<[string, VirtualService]>([
    ["one of several", routes({ ...to(80, 20), match: [{ uri: { prefix: "/new" } }] }, to(100, 0))],
    ["of all to one version", routes(to(100, 0))],
    ["with a fault", routes({ ...to(80, 20), fault: { abort: { httpStatus: 500, percentage: { value: 10 } } } })],
    ["with copies", routes({ ...to(80, 20), mirrors: [{ destination: { host: "reviews", subset: "second" } }] })],
    ["of connections", { ...routes(), spec: { hosts: ["reviews"], tcp: [{}] } }],
  ])("are not those %s", (_what, virtualService) => {
    expect(sharedIn([virtualService], [versions])).toEqual([]);
  });
});

describe("what Prometheus has counted", () => {
  const SINCE = 1000;
  const judge = (v1: number, v2: number, sent: number) => {
    const [shared] = sharedIn([routes(to(80, 20))], [versions]);
    if (!shared) throw new Error("there is nothing to judge");
    const requests = (host: string, since: number) => {
      expect([host, since]).toEqual([HOST, SINCE]);
      return Promise.resolve(new Map(Object.entries({ v1, v2 })));
    };
    return metricsFinding(shared, sent, SINCE, { requests }, 1e-4, 0);
  };
  /** What a proxy said at the times, 15 seconds apart, of which the third is the first after `SINCE`. */
  const series = (destination_version: string, ...counts: number[]) => ({
    metric: { destination_version },
    values: counts.map((count, index) => [SINCE - 20 + 15 * index, String(count)] as const),
  });

  it.each<[what: string, counts: number[], counted: number]>([
    ["more than before", [5, 7, 10, 30], 23],
    ["all of a counter that begins later", [0, 0, 4, 9], 9],
    ["nothing where nothing more came", [7, 7, 7, 7], 0],
    ["what came after a counter has begun anew", [900, 979, 20, 50], 50],
    ["what came before and after that", [900, 979, 1000, 50], 71],
  ])("is %s", (_what, counts, counted) => {
    expect(countedSince([series("v1", ...counts)], SINCE)).toEqual(new Map([["v1", counted]]));
  });

  it("is the sum of what all proxies count", () => {
    const all = [series("v1", 0, 0, 3, 5), series("v2", 1, 1, 2, 2), series("v1", 100, 100, 100, 110)];
    expect(countedSince(all, SINCE)).toEqual(new Map(Object.entries({ v1: 15, v2: 1 })));
  });

  it("has to be in the bounds of chance", async () => {
    const { checks, requests } = await judge(790, 210, 1000);
    expect(requests).toBe(1000);
    expect(checks.map(({ what, declared, verdict }) => [what, declared, verdict])).toEqual([
      ["share of first, counted", "80%", "ok"],
      ["share of second, counted", "20%", "ok"],
    ]);
  });

  it("is wrong where another share was counted", async () => {
    const { checks } = await judge(500, 500, 1000);
    expect(checks.map(({ verdict }) => verdict)).toEqual(["wrong", "wrong"]);
  });

  it("says nothing while requests are missing", async () => {
    const { checks } = await judge(80, 20, 1000);
    expect(checks.map(({ verdict }) => verdict)).toEqual(["not verified"]);
  });
});
