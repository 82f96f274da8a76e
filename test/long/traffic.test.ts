// Every scenario, put on by its command and verified by it, with the numbers that matter measured once more by curl and by the
// services' own logs; then the features that no scenario is about. One cluster for all.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { scenarios } from "../../scenarios";
import { EARLY } from "../../tools/verify/routeChecks";
import { Clone } from "./clone";
import { featureTests } from "./features";
import { Inside } from "./insideCalls";
import { arrivedOutside, nodeAddress, serveOutside } from "./outsideHost";

const JASON = ["-H", "end-user: jason"];
const RATINGS = "http://ratings:9080/ratings/0";
const REVIEWS = "http://reviews:9080/reviews/0";
const DETAILS = "http://details:9080/details/0";
const OUTSIDE = "http://www.example.com/details/0";
const UNDECLARED = "http://www.example.org/details/0";

describe("traffic, on a fresh clone", () => {
  let clone: Clone;
  let inside: Inside;

  beforeAll(async () => {
    clone = await Clone.of();
    // The tools that look at the mesh have tests of their own.
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    await clone.makeWell("up");
    inside = new Inside(clone.kubeconfig);
    // Before any proxy asks for the name: one that gets no answer asks again a minute later only.
    await serveOutside(inside, "www.example.com");
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  const declare = async (traffic: Readonly<Record<string, object>>): Promise<void> => {
    clone.configure((config) => ({ ...config, "mesh:traffic": traffic }));
    await clone.makeWell("up");
  };

  /** Puts the scenario on, which has to end verified. */
  const scenario = async (id: string): Promise<string> => {
    const { output } = await clone.makeWell("scenario", `NAME=${id}`);
    expect(output).toMatch(/\d+ ok, 0 wrong/);
    return output;
  };

  it("lists all of them, and names them when it is asked for another", async () => {
    const { stdout } = await clone.makeWell("-s", "scenarios");
    const { exitCode, output } = await clone.make("scenario", "NAME=unheard");
    expect(exitCode).not.toBe(0);
    for (const { id, description } of scenarios) {
      expect(stdout).toContain(`${id} `);
      expect(stdout).toContain(description);
      expect(output).toContain(id);
    }
  });

  /** Requests get out of the mesh for the host that is declared, and for no other. */
  const outside = async (output: string): Promise<void> => {
    expect(output).toMatch(/answers of the host +yes +10 of 10 +ok/);
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

  /** What is measured by other means, while a scenario holds. */
  const proofs: Readonly<Record<string, (output: string) => Promise<void>>> = {
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
      expect(output).toMatch(/through the egress gateway +all +10 of 10 to it, 0 past it +ok/);
    },
  };

  it.each(scenarios.map(({ id }) => [id]))(
    "%s ends verified",
    async (id) => {
      const output = await scenario(id);
      await proofs[id]?.(output);
    },
    400_000,
  );

  it("finds out what was changed by hand, and says where to look", async () => {
    await scenario("reviews-90-10");
    const routes = ["-n", "bookinfo", "patch", "virtualservice", "reviews-routes", "--type=json", "-p"];
    const weights = (...all: number[]) =>
      JSON.stringify(all.map((value, index) => ({ op: "replace", path: `/spec/http/0/route/${index}/weight`, value })));
    await inside.kubectl(...routes, weights(75, 25));
    const { exitCode, output } = await clone.make("-s", "verify");
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/share of v1 +90% .* wrong/);
    expect(output).toMatch(/share of v2 +10% .* wrong/);
    expect(output).toContain("istioctl proxy-status");
    expect(output).toMatch(/istioctl proxy-config route sleep-v1-\S+\.bookinfo --name 9080/);
    expect(output).toContain("istioctl analyze -n bookinfo");

    await inside.kubectl(...routes, weights(90, 10));
    const { stdout } = await clone.makeWell("-s", "verify", "ARGS=--json");
    expect(JSON.parse(stdout)).toMatchObject({ stack: "local", verified: true });
  });

  it("goes back to the stack file and those that it names, whose own rules are verified alike", async () => {
    await clone.makeWell("scenario", "NAME=none");
    const fault = { abort: { httpStatus: 400, percentage: 30 } };
    const ratings = { subsets: { v1: {} }, routes: [{ fault, to: { v1: 100 } }] };
    mkdirSync(join(clone.folder, "traffic"));
    writeFileSync(join(clone.folder, "traffic/ratings.yaml"), stringify({ ratings }));
    clone.configure((config) => ({ ...config, "mesh:trafficFiles": ["traffic/*.yaml"] }));
    await declare({
      reviews: {
        trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: "end-user" } } },
        routes: [{ timeout: "2s", headers: { response: { set: { "x-served-by": "mesh" } } } }],
      },
    });
    clone.configure((config) => ({ ...config, "mesh:trafficFiles": [] }));
    const { stdout } = await clone.makeWell("-s", "verify", "ARGS=--provoke");
    expect(stdout).toMatch(/the same pod +by header end-user +8 of 8 values kept to one, on [123] of 3 pods +all +ok/);
    expect(stdout).toMatch(/timeout +2s +2\.\d\d s to 2\.\d\d s \(504 ×5\) .* ok/);
    expect(stdout).toMatch(/response header x-served-by .* ok/);
    expect(stdout).toMatch(/abort with 400 +30% .* ok/);

    const pods = new Set<unknown>();
    for (let time = 0; time < 20; time++) {
      const { body } = await inside.call(REVIEWS, ...JASON);
      pods.add((JSON.parse(body) as { podname: unknown }).podname);
    }
    expect(pods.size).toBe(1);
  }, 400_000);

  describe("as the stack file says it", () => {
    featureTests(() => ({ clone, inside, declare }));
  });
});
