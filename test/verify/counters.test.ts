import { describe, expect, it } from "vitest";
import { countersIn, endpointsOf, since, together, total } from "../../verify/counters.ts";

const V1 = "outbound|9080|v1|reviews.bookinfo.svc.cluster.local";

function clusters(requests: Readonly<Record<string, number>>, ejected = false): string {
  const host = ([address, count]: [string, number]) => ({
    address: { socket_address: { address, port_value: 9080 } },
    // Envoy writes numbers as text, and leaves a zero out.
    stats: [
      { name: "rq_total", ...(count > 0 && { value: String(count) }) },
      { name: "cx_total", value: "1" },
    ],
    health_status: { eds_health_status: "HEALTHY", ...(ejected && { failed_outlier_check: true }) },
  });
  return JSON.stringify({
    cluster_statuses: [{ name: V1, host_statuses: Object.entries(requests).map(host) }, { name: "agent" }],
  });
}

const REVIEWS = "reviews.bookinfo.svc.cluster.local";
const counted = (counters: ReturnType<typeof countersIn>) =>
  endpointsOf(counters, REVIEWS, "v1").map(({ requests }) => requests);

describe("a proxy's counters", () => {
  it("are read by upstream and pod", () => {
    const counters = countersIn(clusters({ "10.0.0.1": 7, "10.0.0.2": 0 }, true));
    expect(counters.get(V1)).toEqual([
      { address: "10.0.0.1:9080", requests: 7, connections: 1, ejected: true },
      { address: "10.0.0.2:9080", requests: 0, connections: 1, ejected: true },
    ]);
    expect(counters.get("agent")).toEqual([]);
  });

  it("are found by host, subset and port", () => {
    const counters = countersIn(clusters({ "10.0.0.1": 7 }));
    expect(total(endpointsOf(counters, REVIEWS, "v1"))).toBe(7);
    expect(total(endpointsOf(counters, REVIEWS, "v1", 9080))).toBe(7);
    expect(endpointsOf(counters, REVIEWS, "v1", 80)).toEqual([]);
    expect(endpointsOf(counters, REVIEWS)).toEqual([]);
    expect(endpointsOf(counters, "ratings.bookinfo.svc.cluster.local", "v1")).toEqual([]);
  });

  it("count from one look to the next, new pods from nothing", () => {
    const [before, after] = [countersIn(clusters({ a: 5, b: 2 })), countersIn(clusters({ a: 9, c: 3 }))];
    expect(counted(since(before, after))).toEqual([4, 3]);
  });

  it("of several proxies add up", () => {
    expect(counted(together([countersIn(clusters({ a: 5 })), countersIn(clusters({ a: 1, b: 2 }))]))).toEqual([6, 2]);
  });
});
