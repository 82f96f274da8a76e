// Scenarios whose rules are about different hosts, put on together and verified by requests; test/long has each by itself, and
// the features that no scenario is about. Costs about three minutes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenarioOf } from "../../scenarios/scenarioOf.ts";
import { everythingV1 } from "../../scenarios/scenario.ts";
import { Clone } from "./clone.ts";
import { Inside } from "./insideCalls.ts";
import { serveOutside } from "./outsideHost.ts";
import { proofsOf, type Proven } from "./proofs.ts";

interface Together {
  /** One of its own name, with the stack file's own rules beside it. */
  readonly scenario: string;
  /** What the stack file takes over for a host, and of which scenario. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly proven: readonly Proven[];
}

const TOGETHER: readonly Together[] = [
  {
    scenario: "mtls-strict",
    hosts: {
      reviews: "reviews-90-10",
      ratings: "ratings-delay",
      details: "circuit-breaker",
      "www.example.com": "egress",
    },
    proven: ["mtls-strict", "ratings-delay", "circuit-breaker", "egress"],
  },
  {
    scenario: "none",
    hosts: {
      productpage: "ingress-tls",
      reviews: "mirror",
      ratings: "retries",
      details: "details-abort",
      "www.example.com": "egress-gateway",
    },
    proven: ["mirror", "retries", "details-abort", "egress-gateway"],
  },
];

describe("scenarios together, on a fresh clone", () => {
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

  describe.each(TOGETHER)("$scenario and $hosts", ({ scenario, hosts, proven }) => {
    let output: string;

    it("are verified", async () => {
      const rules = Object.entries(hosts).map(([host, id]) => ({ [host]: scenarioOf(id)?.traffic?.[host] }));
      const istiod: object | undefined = scenarioOf(hosts["www.example.com"] ?? "")?.istiod;
      clone.configure((config) => ({
        ...config,
        "mesh:istio": { values: { istiod } },
        "mesh:scenario": scenario,
        "mesh:traffic": Object.assign({}, everythingV1, ...rules) as object,
      }));
      // Only the command for scenarios makes the trial certificate that one of them needs.
      const secure = Object.values(hosts).includes("ingress-tls");
      await (secure ? clone.makeWell("scenario", "NAME=none") : clone.makeWell("up"));
      ({ output } = await clone.makeWell("-s", "verify", "ARGS=--provoke"));
      expect(output).toMatch(/\d+ ok, 0 wrong/);
    }, 400_000);

    it.each(proven)("%s is proven by other means", async (id) => {
      await proofsOf(inside)[id](output);
    });
  });

  it("finds out what was changed by hand, and says where to look", async () => {
    const routes = ["-n", "bookinfo", "patch", "virtualservice", "reviews-routes", "--type=json", "-p"];
    const version = (subset: string) =>
      JSON.stringify([{ op: "replace", path: "/spec/http/0/route/0/destination/subset", value: subset }]);
    await inside.kubectl(...routes, version("v3"));
    const { exitCode, output } = await clone.make("-s", "verify");
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/share of v1 +100% .* wrong/);
    expect(output).toContain("istioctl proxy-status");
    expect(output).toMatch(/istioctl proxy-config route sleep-v1-\S+\.bookinfo --name 9080/);
    expect(output).toContain("istioctl analyze -n bookinfo");

    await inside.kubectl(...routes, version("v1"));
    const { stdout } = await clone.makeWell("-s", "verify", "ARGS=--json");
    expect(JSON.parse(stdout)).toMatchObject({ stack: "local", verified: true });
  });
});
