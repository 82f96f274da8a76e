// What is measured by other means than the project's own, while a scenario holds: by curl and by the services' own logs.
import { expect } from "vitest";
import { EARLY } from "../../verify/routeChecks.ts";
import type { Inside } from "./insideCalls.ts";
import { arrivedOutside, nodeAddress } from "./outsideHost.ts";

export const JASON = ["-H", "end-user: jason"];
export const REVIEWS = "http://reviews:9080/reviews/0";
const RATINGS = "http://ratings:9080/ratings/0";
const DETAILS = "http://details:9080/details/0";
const OUTSIDE = "http://www.example.com/details/0";
const UNDECLARED = "http://www.example.org/details/0";

/** What proves a scenario; told what `make verify` has printed. */
type Proof = (output: string) => Promise<void>;

/** The scenarios that are proven so. */
export type Proven = keyof ReturnType<typeof proofsOf>;

export function proofsOf(inside: Inside) {
  /** Requests get out of the mesh for the host that is declared, and for no other. */
  const outside = async (output: string): Promise<void> => {
    expect(output).toMatch(/responses of the host +yes +10 of 10 +ok/);
    const before = await arrivedOutside(inside);
    expect(new Set(await inside.calls(20, OUTSIDE))).toEqual(new Set([200]));
    await expect.poll(() => arrivedOutside(inside), { timeout: 10_000 }).toBe(before + 20);
    const elsewhere = ["--resolve", `www.example.org:80:${await nodeAddress(inside)}`];
    expect((await inside.call(UNDECLARED, ...elsewhere)).status).toBe(502);
    expect(await arrivedOutside(inside)).toBe(before + 20);
  };

  /** Three calls at once, each of which has to end so, and after so many seconds. */
  const thrice = async (status: number, [least, most]: [number, number], url: string, ...options: string[]) => {
    for (const call of await inside.timedCalls(3, url, "--parallel", "--parallel-immediate", ...options)) {
      expect(call.status).toBe(status);
      expect(call.seconds).toBeGreaterThanOrEqual(least - EARLY);
      expect(call.seconds).toBeLessThanOrEqual(most);
    }
  };

  return {
    "ratings-delay": async () => {
      await thrice(200, [7, 7.3], RATINGS, ...JASON);
      await thrice(200, [0, 0.99], RATINGS);
      await thrice(200, [0, 0.99], RATINGS, "-H", "end-user: jasons");
    },

    "ratings-abort": async () => {
      expect(new Set(await inside.calls(50, RATINGS, ...JASON))).toEqual(new Set([500]));
      expect(new Set(await inside.calls(50, RATINGS))).toEqual(new Set([200]));
    },

    "details-abort": async () => {
      expect(new Set(await inside.calls(50, DETAILS))).toEqual(new Set([555]));
    },

    "request-timeout": async () => {
      await thrice(504, [0.5, 0.8], REVIEWS);
    },

    retries: async () => {
      const ratings = ["-n", "bookinfo", "set", "env", "deployment/ratings-v1"];
      const settled = ["-n", "bookinfo", "rollout", "status", "deployment/ratings-v1"];
      // Every other request fails, by the service's own doing.
      await inside.kubectl(...ratings, "SERVICE_VERSION=v-faulty");
      await inside.kubectl(...settled);
      try {
        const earlier = new Set((await inside.log("ratings", "v1")).map(({ requestId }) => requestId));
        const answers = await inside.calls(200, RATINGS);
        const attempts = new Map<string, number[]>();
        for (const { requestId = "", status } of await inside.log("ratings", "v1")) {
          if (earlier.has(requestId)) continue;
          attempts.set(requestId, [...(attempts.get(requestId) ?? []), status]);
        }
        const all = [...attempts.values()];
        const failed = all.filter((statuses) => statuses.every((status) => status === 503));
        const served = all.filter((statuses) => statuses.includes(200));
        expect(failed.length).toBe(answers.filter((status) => status === 503).length);
        expect(failed.length).toBeGreaterThan(0);
        expect(new Set(failed.map(({ length }) => length))).toEqual(new Set([1 + 3]));
        // None is tried again once it is served.
        expect(served.every((statuses) => statuses.length <= 4 && statuses.indexOf(200) === statuses.length - 1)).toBe(
          true,
        );
        expect(failed.length + served.length).toBe(200);
      } finally {
        await inside.kubectl(...ratings, "SERVICE_VERSION-");
        await inside.kubectl(...settled);
      }
    },

    mirror: async () => {
      const copies = async () => (await inside.log("reviews", "v2")).length;
      const before = await copies();
      expect(new Set(await inside.calls(100, REVIEWS))).toEqual(new Set([200]));
      await expect.poll(copies, { timeout: 10_000 }).toBe(before + 100);
    },

    "circuit-breaker": async () => {
      const burst = await inside.calls(40, DETAILS, "--parallel", "--parallel-immediate", "--parallel-max", "40");
      expect(new Set(burst)).toEqual(new Set([200, 503]));
      expect(new Set(await inside.calls(20, DETAILS))).toEqual(new Set([200]));
    },

    "mtls-strict": async () => {
      const image = await inside.kubectl(
        ...[
          "-n",
          "bookinfo",
          "get",
          "deployment",
          "sleep-v1",
          "-o",
          "jsonpath={.spec.template.spec.containers[0].image}",
        ],
      );
      const plain = ["-n", "default", "run", "plain", `--image=${image}`, "--restart=Never", "--attach", "--rm", "-q"];
      const curl = [
        "curl",
        "-s",
        "-m",
        "10",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        "http://details.bookinfo:9080/details/0",
      ];
      // Curl ends with an error of its own: the connection is reset.
      await expect(inside.kubectl(...plain, "--command", "--", ...curl)).rejects.toThrow(/000|exit code/);
      expect((await inside.call(DETAILS)).status).toBe(200);
    },

    egress: (output) => outside(output),

    "egress-gateway": async (output) => {
      await outside(output);
      expect(output).toMatch(/through the egress gateway +all +10 of 10 through it, 0 bypassed it +ok/);
    },
  } satisfies Record<string, Proof>;
}
