import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { kindOf } from "../../policies/model/mesh.ts";
import { scenarios } from "../../scenarios/index.ts";
import { hasIstioctl } from "../charts.ts";
import { validate } from "../istioctl.ts";
import { istioObjects, names } from "../components/traffic/declared.ts";
import { meshObject } from "../policies/judge.ts";
import { judgedIn } from "../policies/judgedIn.ts";
import { the, type Recorded } from "../recorder.ts";
import { keyed, runProgram, someKubeconfig, type Config } from "../wholeProgram.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "scenarios-"));
const kubeconfig = someKubeconfig();
const KNOWN = /^(mesh:|pulumi:providers:kubernetes$|kubernetes:)/;

/** What the whole program declares for a stack with these settings. */
async function run(settings: Config): Promise<readonly Recorded[]> {
  const config = keyed({ cluster: { kubeconfig }, observability: { enabled: false }, ...settings });
  return (await runProgram(config, KNOWN)).resources;
}

/** Codes of what Istio's analysis has against the declared objects. */
function findings(resources: readonly Recorded[]): string[] {
  const objects = resources
    .filter(({ type }) => type.startsWith("kubernetes:") && !type.endsWith(":Release"))
    .map(({ inputs }) => JSON.stringify(inputs));
  const file = path.join(folder, "objects.yaml");
  fs.writeFileSync(file, objects.join("\n---\n"));
  const args = ["analyze", "--use-kube=false", "--all-namespaces", "--output", "json", "--output-threshold", "Warning"];
  // Said of every EnvoyFilter.
  const suppressed = ["--suppress", "IST0133=EnvoyFilter *"];
  const { stdout } = spawnSync("istioctl", [...args, ...suppressed, file], { encoding: "utf8" });
  return (JSON.parse(stdout) as { code: string; origin: string }[]).map(({ code, origin }) => `${code} ${origin}`);
}

/** The objects as rules read them: anew for each rule, since objects remember what a rule has read. */
const objectsOf = (resources: readonly Recorded[]) => () =>
  resources.flatMap(({ type, name, inputs, parent }) => {
    const [component] = parent.split(" ");
    const urn = `urn:pulumi:local::mesh::${[...(component ? [component] : []), type].join("$")}::${name}`;
    return kindOf(type) ? [meshObject(type, name, inputs, urn)] : [];
  });

/** Limits that the rate limit service counts, in a Valkey of its own and in a Redis. */
const counted: readonly [where: string, settings: Config][] = (
  [{}, { redis: { address: "redis.example.com:6379" } }] as const
).map((rateLimitService) => [
  "redis" in rateLimitService ? "a Redis" : "its own Valkey",
  {
    rateLimitService,
    traffic: {
      reviews: { rateLimit: { scope: "mesh", requests: 100, per: "1m" } },
      ratings: { rateLimit: { scope: "mesh", requests: 5, per: "1s", perHeader: "x-user" } },
    },
  },
]);

describe("the program", () => {
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });
  it("declares the traffic that the stack file says", async () => {
    const reviews = { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1: 90, v2: 10 } }] };
    const resources = await run({ traffic: { reviews } });
    expect(names(resources)).toEqual([
      "DestinationRule reviews-versions",
      "Gateway bookinfo-gateway",
      "VirtualService bookinfo",
      "VirtualService reviews-routes",
    ]);
    for (const { inputs, provider } of resources.filter(({ type }) => type.includes("istio.io"))) {
      expect(inputs.metadata).toMatchObject({ namespace: "bookinfo" });
      expect(provider).toBe("cluster");
    }
  });

  it("puts the rules of a service where the service is", async () => {
    const cart = { port: 8080, versions: { v1: { image: "acme/cart:1" } } };
    const resources = await run({
      bookinfo: { enabled: false },
      applications: { shop: { namespace: "store", services: { cart } } },
      traffic: { cart: { namespace: "store", subsets: { v1: {} }, routes: [{ to: { v1: 100 } }] } },
    });
    expect(the(resources, "VirtualService", "cart-routes").inputs.metadata).toMatchObject({ namespace: "store" });
    expect(
      resources
        .filter(({ type }) => type.endsWith(":Namespace"))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["istio-egress", "istio-ingress", "istio-system", "store"]);
  });

  it("declares what a scenario stands for, beside its routes", async () => {
    const strict = await run({ scenario: "mtls-strict" });
    expect(the(strict, "kubernetes:security.istio.io/v1:PeerAuthentication", "bookinfo").inputs).toMatchObject({
      metadata: { namespace: "bookinfo" },
      spec: { mtls: { mode: "STRICT" } },
    });
    const egress = await run({ scenario: "egress" });
    expect(the(egress, "Release", "istio-istiod").inputs).toHaveProperty(
      "values.meshConfig.outboundTrafficPolicy.mode",
      "REGISTRY_ONLY",
    );
  });

  it.each(scenarios.map(({ id }) => id))("keeps its own rules with the scenario %s", async (scenario) => {
    const objects = objectsOf(await run({ scenario }));
    expect(judgedIn("local", objects, (level) => level === "mandatory")).toEqual([]);
    // Istio's own virtual-service-all-v1 beside Bookinfo's gateway has it too.
    const known = "subset-routed-at-gateway: VirtualService bookinfo-routes ";
    const advice = judgedIn("local", objects, (level) => level === "advisory");
    expect(advice.filter((finding) => !finding.startsWith(known))).toEqual([]);
  });

  it.each(counted)("keeps its own rules with limits that are counted in %s", async (_where, settings) => {
    const objects = objectsOf(await run(settings));
    expect(objects().some(({ name }) => name === "reviews-rate-limit")).toBe(true);
    expect(judgedIn("local", objects, (level) => level !== "disabled")).toEqual([]);
  });

  it.skipIf(!hasIstioctl).each(counted)(
    "passes Istio's analysis with limits that are counted in %s",
    async (_where, settings) => {
      const resources = await run(settings);
      expect(findings(resources)).toEqual([]);
      expect(validate(istioObjects(resources))).toBe("");
    },
  );

  it.skipIf(!hasIstioctl).each(scenarios.map(({ id }) => id))(
    "passes Istio's analysis with the scenario %s",
    async (scenario) => {
      const resources = await run({ scenario });
      expect(istioObjects(resources).length).toBeGreaterThan(2);
      expect(findings(resources)).toEqual([]);
    },
  );

  it.skipIf(!hasIstioctl)("would not pass with a subset of another service that is not there", async () => {
    // Of a service that somebody else runs, the settings know no subsets.
    const routes = [{ to: [{ host: "legacy", subset: "v9" }] }];
    const resources = await run({ scenario: "all-v1", traffic: { ratings: { routes } } });
    expect(new Set(findings(resources))).toEqual(new Set(["IST0101 VirtualService bookinfo/ratings-routes"]));
  });
});
