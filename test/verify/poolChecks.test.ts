import { describe, expect, it } from "vitest";
import type { Answer } from "../../verify/answers.ts";
import type { Sending } from "../../verify/client.ts";
import type { TrafficPolicy } from "../../istio/generated/specs.ts";
import { poolChecks } from "../../verify/poolChecks.ts";
import type { Request } from "../../verify/requests.ts";
import type { ProbeSource } from "../../verify/probeSource.ts";

const UPSTREAM = "outbound|9080||reviews.bookinfo.svc.cluster.local";
const request: Request = { method: "GET", path: "/reviews/0", query: {}, headers: {} };

/** A proxy before so many pods, which chooses one for each request, and takes so many at once. */
function proxy(pods: number, choose: (request: Request, number: number) => number, room = Infinity): ProbeSource {
  const counts = Array.from({ length: pods }, () => 0);
  let sent = 0;
  const served: Answer = { status: 200, seconds: 0.01, headers: { "x-envoy-upstream-service-time": "5" } };
  const refused: Answer = { status: 503, seconds: 0, headers: { "x-envoy-overloaded": "true" } };
  return {
    send: (each: Request, { count, parallel }: Sending) =>
      Promise.resolve(
        Array.from({ length: count }, (_, number) => {
          if (number % parallel >= room) return refused;
          const pod = choose(each, sent++) % pods;
          counts[pod] = (counts[pod] ?? 0) + 1;
          return served;
        }),
      ),
    counters: () =>
      Promise.resolve(
        new Map([
          [UPSTREAM, counts.map((requests, pod) => ({ address: `${pod}`, requests, connections: 1, ejected: false }))],
        ]),
      ),
  } as unknown as ProbeSource;
}

async function verdicts(policy: TrafficPolicy, source: ProbeSource): Promise<Record<string, string>> {
  const target = { host: "reviews", subset: undefined, namespace: "bookinfo", policy, source, request };
  return Object.fromEntries((await poolChecks(target)).map(({ what, verdict }) => [what, verdict]));
}

const sumOf = (text: string) => [...Buffer.from(text)].reduce((sum, byte) => sum + byte, 0);

describe("a consistent hash", () => {
  const byHeader = { loadBalancer: { consistentHash: { httpHeaderName: "End-User" } } };
  const hashed = (each: Request) => sumOf(each.headers["end-user"] ?? "");

  it("keeps each value to one pod", async () => {
    expect(await verdicts(byHeader, proxy(3, hashed))).toEqual({ "the same Pod": "ok" });
  });

  it("is wrong where requests take turns", async () => {
    expect(
      await verdicts(
        byHeader,
        proxy(3, (_each, number) => number),
      ),
    ).toEqual({ "the same Pod": "wrong" });
  });

  it("is wrong where one request in ten goes astray", async () => {
    const source = proxy(3, (each, number) => hashed(each) + (number % 10 === 9 ? 1 : 0));
    expect(await verdicts(byHeader, source)).toEqual({ "the same Pod": "wrong" });
  });

  it("does not show where there is one pod", async () => {
    expect(
      await verdicts(
        byHeader,
        proxy(1, () => 0),
      ),
    ).toEqual({ "the same Pod": "not verified" });
  });

  it.each<[by: object, value: (each: Request) => string]>([
    [{ httpCookie: { name: "user" } }, ({ headers }) => headers.cookie ?? ""],
    [{ httpQueryParameterName: "user" }, ({ query }) => query.user ?? ""],
    [{ useSourceIp: true }, () => "always"],
  ])("by %j is asked with it", async (consistentHash, value) => {
    const seen = new Set<string>();
    const source = proxy(3, (each) => {
      seen.add(value(each));
      return sumOf(value(each));
    });
    expect(await verdicts({ loadBalancer: { consistentHash } }, source)).toEqual({ "the same Pod": "ok" });
    expect(seen.size).toBe("useSourceIp" in consistentHash ? 1 : 8);
  });
});

describe("a connection pool", () => {
  const narrow = { connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } } };

  it.each([
    [2, "ok"],
    [Infinity, "wrong"],
    [0, "wrong"],
  ])("of 2 requests, where there is room for %d", async (room, verdict) => {
    expect(
      await verdicts(
        narrow,
        proxy(1, () => 0, room),
      ),
    ).toEqual({ "concurrent requests": verdict });
  });

  it("that is wide is not tried out", async () => {
    const wide = { connectionPool: { http: { http2MaxRequests: 1000 } } };
    expect(
      await verdicts(
        wide,
        proxy(1, () => 0),
      ),
    ).toEqual({ "concurrent requests": "not verified" });
  });
});

it("does not call verified what it cannot see", async () => {
  const policy: TrafficPolicy & Record<string, unknown> = {
    loadBalancer: { simple: "ROUND_ROBIN" },
    outlierDetection: {},
    portLevelSettings: [],
    tls: { mode: "ISTIO_MUTUAL" },
  };
  expect(
    await verdicts(
      policy,
      proxy(2, () => 0),
    ),
  ).toEqual({
    "loadBalancer.simple": "not verified",
    "ejected after errors": "not verified",
    portLevelSettings: "not verified",
    tls: "not verified",
  });
});
