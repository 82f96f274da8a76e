import { describe, expect, it } from "vitest";
import type { DestinationRule, HttpRoute, VirtualService } from "../../../tools/verify/declared";
import { countsIn, metricsFinding, sharedIn, type Counts } from "../../../tools/verify/metrics";

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
const counts = (v1: number, v2: number): Counts => new Map([[HOST, new Map(Object.entries({ v1, v2 }))]]);

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
  const judge = (before: Counts, after: Counts, sent: number) => {
    const [shared] = sharedIn([routes(to(80, 20))], [versions]);
    if (!shared) throw new Error("there is nothing to judge");
    return metricsFinding(shared, sent, before, () => Promise.resolve(after), 1e-4, 0);
  };

  it("is read by host and version", () => {
    const sample = (version: string, count: string) => ({
      metric: { destination_service: HOST, destination_version: version },
      value: [1, count],
    });
    expect(countsIn({ data: { result: [sample("v1", "8"), sample("v2", "2")] } })).toEqual(counts(8, 2));
  });

  it("counts since the first look, and has to be in the bounds of chance", async () => {
    const { checks, requests } = await judge(counts(1000, 0), counts(1790, 210), 1000);
    expect(requests).toBe(1000);
    expect(checks.map(({ what, declared, verdict }) => [what, declared, verdict])).toEqual([
      ["share of first, counted", "80%", "ok"],
      ["share of second, counted", "20%", "ok"],
    ]);
  });

  it("is wrong where another share was counted", async () => {
    const { checks } = await judge(counts(0, 0), counts(500, 500), 1000);
    expect(checks.map(({ verdict }) => verdict)).toEqual(["wrong", "wrong"]);
  });

  it("says nothing while requests are missing", async () => {
    const { checks } = await judge(counts(0, 0), counts(80, 20), 1000);
    expect(checks.map(({ verdict }) => verdict)).toEqual(["not verified"]);
  });
});
