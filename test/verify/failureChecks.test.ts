import { describe, expect, it } from "vitest";
import type { Answer } from "../../verify/answers.ts";
import type { Sending } from "../../verify/client.ts";
import type { TrafficPolicy } from "../../istio/generated/specs.ts";
import type { HttpRoute } from "../../istio/virtualService.ts";
import { failureChecks } from "../../verify/failureChecks.ts";
import type { Fault, FaultsOnRequest } from "../../verify/faultsOnRequest.ts";
import type { Request } from "../../verify/requests.ts";
import type { ProbeSource } from "../../verify/probeSource.ts";

const UPSTREAM = "outbound|9080|v1|ratings.bookinfo.svc.cluster.local";
const request: Request = { method: "GET", path: "/ratings/0", query: {}, headers: {} };

interface Rules {
  readonly attempts?: number;
  readonly perTry?: number;
  readonly timeout?: number;
  readonly ejectedAfter?: number;
  readonly ejectedFor?: number;
}

/** A client's proxy and a service that fails on request, as they would be with these rules. */
class World {
  requests = 0;
  private errors = 0;
  private ejectedUntil = 0;

  private readonly rules: Rules;

  constructor(rules: Rules) {
    this.rules = rules;
  }

  /** A request asks for its fault in its headers. */
  readonly faults = {
    asked: (asked: Request, fault: Fault): Request => ({ ...asked, headers: { fault: JSON.stringify(fault) } }),
  } as unknown as FaultsOnRequest;

  readonly source = {
    send: (sent: Request, { count }: Sending) =>
      Promise.resolve(
        Array.from({ length: count }, () => this.answer(JSON.parse(sent.headers.fault ?? "{}") as Fault)),
      ),
    counters: () => {
      const ejected = Date.now() < this.ejectedUntil;
      return Promise.resolve(
        new Map([[UPSTREAM, [{ address: "10.0.0.1:9080", requests: this.requests, connections: 1, ejected }]]]),
      );
    },
  } as unknown as ProbeSource;

  private answer({ status, seconds = 0 }: Fault): Answer {
    const { attempts = 0, perTry = Infinity, timeout = Infinity, ejectedAfter = Infinity, ejectedFor = 0 } = this.rules;
    const answer = (code: number, time: number): Answer => ({ status: code, seconds: time, headers: {} });
    if (Date.now() < this.ejectedUntil) return answer(503, 0);
    const fails = status !== undefined || seconds > perTry;
    const tries = fails ? 1 + attempts : 1;
    this.requests += tries;
    this.errors = fails ? this.errors + tries : 0;
    if (this.errors >= ejectedAfter) this.ejectedUntil = Date.now() + ejectedFor * 1000;
    const time = tries * Math.min(seconds, perTry);
    if (time > timeout) return answer(504, timeout + 0.01);
    if (status !== undefined) return answer(status, 0.01);
    return fails ? answer(504, time + 0.01) : answer(200, time + 0.01);
  }
}

async function verdicts(route: HttpRoute, policy: TrafficPolicy, world: World): Promise<Record<string, string>> {
  const destination = { host: "ratings", subset: "v1" };
  const checks = await failureChecks({
    route: { route: [{ destination }], ...route },
    policy,
    namespace: "bookinfo",
    source: world.source,
    request,
    faults: world.faults,
  });
  return Object.fromEntries(checks.map(({ what, verdict }) => [what, verdict]));
}

describe("a timeout", () => {
  it.each<[real: number | undefined, expected: string]>([
    [1, "ok"],
    [2, "wrong"],
    [0.5, "wrong"],
    [undefined, "wrong"],
  ])("of 1 s, where the proxy's is %s", async (timeout, expected) => {
    const world = new World(timeout === undefined ? {} : { timeout });
    expect(await verdicts({ timeout: "1s" }, {}, world)).toEqual({ timeout: expected });
  });
});

describe("retries", () => {
  const retries = { attempts: 3, perTryTimeout: "2s", retryOn: "gateway-error,connect-failure" };

  it.each<[real: { attempts?: number; perTry?: number }, attempts: string, time: string]>([
    [{ attempts: 3, perTry: 2 }, "ok", "ok"],
    [{ attempts: 2, perTry: 2 }, "wrong", "wrong"],
    [{ attempts: 4, perTry: 2 }, "wrong", "wrong"],
    [{ attempts: 3, perTry: 3 }, "ok", "wrong"],
    [{ attempts: 3 }, "ok", "wrong"],
    [{}, "wrong", "wrong"],
  ])("3 of 2 s, where the proxy's are %j", async (real, attempts, time) => {
    expect(await verdicts({ retries }, {}, new World(real))).toEqual({ attempts, "time of each attempt": time });
  });

  it("that are turned off are none", async () => {
    expect(await verdicts({ retries: { attempts: 0 } }, {}, new World({}))).toEqual({ attempts: "ok" });
    expect(await verdicts({ retries: { attempts: 0 } }, {}, new World({ attempts: 2 }))).toEqual({ attempts: "wrong" });
  });

  it("on conditions that no answer meets are not verified", async () => {
    const onReset = { attempts: 3, retryOn: "connect-failure,refused-stream" };
    expect(await verdicts({ retries: onReset }, {}, new World({}))).toEqual({ attempts: "not verified" });
  });
});

describe("ejection", () => {
  const policy = { outlierDetection: { consecutive5xxErrors: 3, interval: "1s", baseEjectionTime: "1s" } };

  it("comes after so many errors and ends after its time", async () => {
    const world = new World({ ejectedAfter: 3, ejectedFor: 1.1 });
    expect(await verdicts({}, policy, world)).toEqual({
      "ejected after errors": "ok",
      "while ejected": "ok",
      "after ejection": "ok",
    });
  });

  it.each<[why: string, world: World, wrong: string]>([
    ["comes too early", new World({ ejectedAfter: 2, ejectedFor: 1.1 }), "ejected after errors"],
    ["never comes", new World({}), "ejected after errors"],
    ["ends too early", new World({ ejectedAfter: 3, ejectedFor: 0.2 }), "after ejection"],
  ])("that %s is wrong", async (_why, world, wrong) => {
    expect((await verdicts({}, policy, world))[wrong]).toBe("wrong");
  });
});
