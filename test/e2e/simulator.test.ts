// The simulator says where a request goes; here real Envoys say whether it is right. Then the commands that use it. Costs about
// five minutes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Request } from "../../istio/routing/request.ts";
import { simulate } from "../../istio/routing/simulate.ts";
import { nearMisses, witness } from "../../istio/routing/witness.ts";
import { scenarios } from "../../scenarios/index.ts";
import { backendFolder, backendUrl } from "../../tools/stack/stackFolder.ts";
import { acceptance } from "../../verify/binomial.ts";
import { Clone } from "./clone.ts";
import { githubStandIn } from "../codeHost/github.ts";
import { asked, type Asked } from "./simulator/ask.ts";
import { cases } from "./simulator/cases.ts";
import { gatewayCase } from "./simulator/gatewayCase.ts";
import { securityCases } from "./simulator/securityCases.ts";
import { HOME, send, service } from "./simulator/ground.ts";
import { resultOf } from "./simulator/judge.ts";
import { Proxies } from "./simulator/proxies.ts";
import { ruleSets } from "./simulator/ruleSets.ts";
import { rulesOf } from "./simulator/scenarioRules.ts";
import { runSteps } from "./workflowSteps.ts";

const SEED = Number(process.env.SEED ?? 1);
const RULE_SETS = 50;

describe("the simulator and real proxies", () => {
  let clone: Clone;
  let proxies: Proxies;

  beforeAll(async () => {
    clone = await Clone.of();
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    await clone.makeWell("up");
    proxies = new Proxies(clone.kubeconfig);
    await proxies.prepare();
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
    const counts = [...proxies.covered].map(([name, count]) => `${count} ${name}`);
    console.log(`${proxies.compared} requests went both ways: ${counts.join(", ")}`);
  });

  it(`agree on ${RULE_SETS} sets of routes that nobody has thought of`, async () => {
    const sets = ruleSets(RULE_SETS, SEED);
    const world = await proxies.rule(sets.flatMap(({ objects }) => objects));
    const asks = sets.flatMap(({ name, matches }, index) => {
      const caller = index % 2 === 0 ? HOME : "elsewhere";
      const port = index % 4 < 2 ? 8080 : 8081;
      const base = { ...asked(world, { from: caller, url: `http://${name}.sim:${port}/` }) };
      const { request } = base;
      const with_ = (headers: Request["headers"], more: Partial<Request> = {}): Request => ({
        ...request,
        headers,
        ...more,
      });
      const requests = [
        request,
        with_({ "x-answer-status": "503" }),
        with_({ "x-answer-after": "800" }),
        with_({ "x-user": "jason" }, { path: "/a/b?view=new" }),
        with_({ origin: "http://shop.example", "access-control-request-method": "POST" }, { method: "OPTIONS" }),
        ...matches.flatMap((match) => [witness(match, request) ?? [], ...nearMisses(match, request)].flat()),
      ];
      return requests.map((one): Asked => ({ ...base, request: one }));
    });
    expect(asks.length).toBeGreaterThan(300);
    expect(await proxies.differences(world, asks)).toEqual([]);
  });

  it("agree where several objects meet, and at a gateway", async () => {
    const world = await proxies.rule([...cases, ...securityCases, gatewayCase].flatMap(({ objects }) => objects));
    const gateway = world.workloads.find(({ labels }) => labels.istio === "ingressgateway");
    const asks = [
      ...[...cases, ...securityCases].flatMap(({ asks: own }) => own.map((ask) => asked(world, ask))),
      ...gatewayCase.asks.map((ask) => asked(world, ask, gateway)),
    ];
    expect(await proxies.differences(world, asks)).toEqual([]);
  });

  it("agree on every scenario", async () => {
    const wrong: string[] = [];
    await proxies.rule([]);
    for (const scenario of scenarios) {
      const { objects, matches } = await rulesOf(scenario);
      const world = await proxies.rule(objects, [HOME]);
      const asks = ["productpage", "details", "reviews", "ratings"].flatMap((name) =>
        (["sim", "bare"] as const).flatMap((from) => {
          const base = asked(world, { from, url: `http://${name}.sim:9080/${name}/0` });
          const requests = [base.request, ...matches.flatMap((match) => witness(match, base.request) ?? [])];
          const late = { ...base.request, headers: { "x-answer-after": "700" } };
          return [...requests, late].map((request): Asked => ({ ...base, request }));
        }),
      );
      asks.push(asked(world, { url: "http://nobody.example:9080/", to: "reviews.sim" }));
      // A circuit breaker refuses by how many there are at once, which is not a matter of routes.
      const width = scenario.id === "circuit-breaker" ? 1 : undefined;
      wrong.push(...(await proxies.differences(world, asks, width)).map((text) => `${scenario.id}: ${text}`));
    }
    expect(wrong).toEqual([]);
  });

  it("agree on shares", async () => {
    const weights = { v1: 70, v2: 20, v3: 10 };
    const route = Object.entries(weights).map(([subset, weight]) => ({
      destination: { host: "plain", subset },
      weight,
    }));
    const spec = {
      hosts: ["shared"],
      http: [{ fault: { abort: { httpStatus: 418, percentage: { value: 30 } } }, route }],
    };
    const rules = {
      host: "plain",
      subsets: Object.keys(weights).map((version) => ({ name: version, labels: { version } })),
    };
    const metadata = { name: "shared", namespace: HOME };
    const world = await proxies.rule([
      service("shared"),
      { apiVersion: "networking.istio.io/v1", kind: "DestinationRule", metadata, spec: rules },
      { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata, spec },
    ]);
    const ask = asked(world, { url: "http://shared:8080/" });
    const outcome = simulate(world, ask.request);
    const answers = await send(
      proxies.kubeconfig,
      HOME,
      Array.from({ length: 600 }, () => ask),
    );
    const results = answers.map((answer) => resultOf(outcome, ask.request, answer));
    expect(results.every((result) => result !== undefined)).toBe(true);
    for (const result of outcome.results) {
      const { low, high } = acceptance(answers.length, result.share, 1e-5);
      const count = results.filter((each) => each === result).length;
      expect(count, `${result.share} of ${answers.length}`).toBeGreaterThanOrEqual(low);
      expect(count, `${result.share} of ${answers.length}`).toBeLessThanOrEqual(high);
    }
    expect(outcome.results.map(({ share }) => Number(share.toFixed(4)))).toEqual([0.3, 0.49, 0.14, 0.07]);
  });

  describe("in the commands for pull requests", () => {
    const weights = (v1: number) => ({
      reviews: {
        subsets: { v1: {}, v3: {} },
        routes: [
          { match: [{ headers: { "end-user": { exact: "jason" } } }], to: { v3: 100 } },
          { to: { v1, v3: 100 - v1 } },
        ],
      },
    });
    const weigh = (v1: number) => {
      clone.configure((config) => ({ ...config, "mesh:traffic": weights(v1) }));
    };

    /** Runs the job of a workflow as its code host would, on the state that the clone has. */
    const steps = (name: string, context: Record<string, string>, env: Record<string, string> = {}) =>
      runSteps(join(clone.folder, `.github/workflows/${name}.yaml`), name, {
        cwd: clone.folder,
        context: {
          "vars.PULUMI_BACKEND_URL": backendUrl(backendFolder("local", clone.folder)),
          "vars.AWS_REGION": "eu-west-1",
          ...context,
        },
        env,
      });

    beforeAll(async () => {
      weigh(90);
      await clone.makeWell("up");
      weigh(70);
    });

    it("report says in a few lines whose requests move, by the workflow's own steps", async () => {
      const host = await githubStandIn("of-the-run");
      const env = { GITHUB_API_URL: host.url, GITHUB_REPOSITORY: "acme/mesh" };
      const context = { "vars.STACKS": "local", "github.token": "of-the-run", "github.event.pull_request.number": "7" };
      for (let round = 0; round < 2; round += 1) await steps("report", context, env);
      host.close();
      expect(host.calls).toEqual([
        "GET /repos/acme/mesh/issues/7/comments",
        "POST /repos/acme/mesh/issues/7/comments",
        "GET /repos/acme/mesh/issues/7/comments",
        "PATCH /repos/acme/mesh/issues/comments/1",
      ]);
      const text = host.comments[0]?.body ?? "";
      expect(text.split("\n").length).toBeLessThan(40);
      expect(text).toContain("### `local`: 1 kind of request moves");
      const row =
        "| `reviews.bookinfo:9080` | everybody in the mesh | all other requests | 90 % v1; 10 % v3 | **70 % v1; 30 % v3** |";
      expect(text).toContain(row);
    });

    it("explain says which line decides, as deployed and as planned", async () => {
      const request = "REQUEST=GET /reviews/1";
      const deployed = await clone.makeWell("-s", "explain", request, "FROM=productpage");
      expect(deployed.stdout).toContain("=> 90 % reviews.bookinfo:9080 v1 (reviews-v1), mutual TLS");
      const planned = await clone.makeWell("-s", "explain", request, "FROM=productpage", "ARGS=--planned");
      expect(planned.stdout).toContain("=> 70 % reviews.bookinfo:9080 v1 (reviews-v1), mutual TLS");
      const jason = await clone.makeWell("-s", "explain", `${request} -H 'end-user: jason'`, "FROM=productpage");
      expect(jason.stdout).toContain("=> reviews.bookinfo:9080 v3 (reviews-v3), mutual TLS");
      const lines = readFileSync(join(clone.folder, "Pulumi.local.yaml"), "utf8").split("\n");
      const [, line = ""] =
        /Pulumi\.local\.yaml:(\d+) \(mesh:traffic\.reviews\.routes\[0\]\.match\[0\]\)/.exec(jason.stdout) ?? [];
      expect(lines[Number(line) - 1]).toContain("headers");
      const live = await clone.makeWell("-s", "explain", request, "FROM=productpage", "ARGS=--live");
      expect(live.stdout).toContain("The proxy of the client has the same.");
      const other = await clone.make("-s", "explain", request, "FROM=productpage", "ARGS=--planned --live");
      expect(other.exitCode).toBe(2);
      expect(other.stdout).toContain("90 % v1 of reviews.bookinfo.svc.cluster.local and 10 % v3 of");
      const outside = await clone.makeWell(
        "-s",
        "explain",
        "REQUEST=GET /productpage",
        "FROM=ingress-gateway",
        "ARGS=--live",
      );
      expect(outside.stdout).toContain("The proxy of the client has the same.");
      const refused = await clone.make("-s", "explain", request, "FROM=nobody");
      expect([refused.exitCode, refused.output]).toEqual([
        2,
        expect.stringContaining("FROM names no workload: use one of details"),
      ]);
    });

    it("verify agrees once the change is made, and there is nothing left to report", async () => {
      await steps("deploy", { "matrix.stack": "local" });
      const { stdout } = await clone.makeWell("-s", "report");
      expect(stdout).toContain("### `local`: nothing changes");
    });
  });

  it("have been compared on every kind of outcome", () => {
    expect(proxies.compared).toBeGreaterThan(600);
    const kinds = [
      "sent",
      "unmanaged",
      "shares",
      "delay",
      "abort",
      "redirect",
      "direct response",
      "preflight",
      "https redirect",
    ];
    const refusals = [
      "no host",
      "no route",
      "no destination",
      "no subset",
      "no pods",
      "egress",
      "mutual TLS",
      "authorization",
    ];
    for (const kind of [...kinds, ...refusals]) expect(proxies.covered.get(kind) ?? 0, kind).toBeGreaterThan(0);
  });
});
