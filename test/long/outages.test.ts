// Configurations behind well-known outages: requests show that what mesh-check says of them is true, and that the mended ones work.
// One cluster for all. Costs about five minutes.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { rules } from "../../policies/rules/index.ts";
import { Clone } from "../e2e/clone.ts";
import { Inside } from "../e2e/insideCalls.ts";
import { json } from "../policies/cli/example.ts";
import { callersOf, type Callers } from "./outages/callers.ts";
import { atGateways } from "./outages/gateways.ts";
import { SHOP, type Manifest, type Outage } from "./outages/outage.ts";
import { inSecurity, PROVIDERS } from "./outages/security.ts";
import { betweenSidecars } from "./outages/sidecars.ts";

/** The rules about outages that neither Istio's own analysis nor Kiali finds. */
const OUTAGES = [
  "custom-provider-configured",
  "delegate-exists",
  "delegate-match-in-root",
  "destination-rule-exported-to-gateway",
  "host-keeps-mutual-tls",
  "http-routes-on-http-port",
  "match-source-in-mesh",
  "mesh-host-provided",
  "one-custom-provider-per-workload",
  "one-protocol-on-a-port",
  "patch-on-pod-port",
  "port-level-mtls-on-pod-ports",
  "port-level-settings-keep-tls",
  "provider-configured",
  "rollout-subsets-exist",
  "routes-fit-server",
  "rules-joined-by-or",
  "timeout-covers-one-try",
  "tls-once",
  "token-required",
  "virtual-service-exported-to-gateway",
];

/** Those that no request can show, and why. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  "rollout-subsets-exist":
    "Argo's controller, which the testbed does not have, refuses such a Rollout before any request",
};

const outages: readonly Outage[] = [...atGateways, ...inSecurity, ...betweenSidecars];
const identityOf = ({ kind, metadata: { name } }: Manifest) => `${kind}/${name}`;

it("shows every rule about an outage", () => {
  const shown = [...outages.map(({ rule }) => rule), ...Object.keys(NOT_SHOWN)];
  expect([...new Set(shown)].toSorted()).toEqual(OUTAGES);
  expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(OUTAGES));
  for (const { seen, rule } of outages) expect(seen.bad, rule).not.toEqual(seen.good);
});

describe("outages, on a fresh clone", () => {
  let clone: Clone;
  let inside: Inside;
  let callers: Callers;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "outages-"));
    clone = await Clone.of();
    clone.configure((config) => ({
      ...config,
      "mesh:observability": { enabled: false },
      "mesh:istio": { ...(config["mesh:istio"] as object), extensionProviders: PROVIDERS },
    }));
    await clone.makeWell("up");
    inside = new Inside(clone.kubeconfig);
    callers = await callersOf(inside);
    await inside.apply(SHOP);
    const there = await inside.kubectl("get", "namespaces,services,deployments", "-A", "-o", "json");
    writeFileSync(join(folder, "there.json"), there);
    const config = await inside.kubectl("-n", "istio-system", "get", "configmap", "istio", "-o", "json");
    writeFileSync(join(folder, "config.json"), config);
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
    rmSync(folder, { recursive: true });
  });

  const list = (items: readonly Manifest[]) => ({ apiVersion: "v1", kind: "List", items });

  /** The rules that find something in objects beside those of the cluster. */
  const found = (objects: readonly Manifest[]) => {
    writeFileSync(join(folder, "objects.json"), JSON.stringify(list(objects)));
    const reports = json("--closed", folder).filter(({ file }) => file.endsWith("objects.json"));
    return reports.map(({ rule }) => rule);
  };

  const remove = async (objects: readonly Manifest[]) => {
    if (objects.length === 0) return;
    const file = join(folder, "removed.json");
    writeFileSync(file, JSON.stringify(list(objects)));
    await inside.kubectl("delete", "--wait=false", "--ignore-not-found", "-f", file);
    rmSync(file);
  };

  it.each(
    outages.map((outage) => ({
      name: [outage.rule, ...(outage.what === undefined ? [] : [outage.what])].join(": "),
      ...outage,
    })),
  )("$name", async ({ rule, bad, good, ask, seen }) => {
    expect(found(bad)).toContain(rule);
    expect(found(good)).not.toContain(rule);
    let answer: unknown;
    const shows = (what: string, expected: unknown) =>
      until(what, 60, async () => {
        answer = await ask(callers);
        return JSON.stringify(answer) === JSON.stringify(expected);
      }).catch((error: unknown) => {
        throw new Error(`${what}: ${JSON.stringify(answer)} in place of ${JSON.stringify(expected)}`, { cause: error });
      });
    try {
      await inside.apply(list(good));
      await shows("mended", seen.good);
      await inside.apply(list(bad));
      await remove(good.filter((one) => !bad.some((other) => identityOf(other) === identityOf(one))));
      await shows("as the rule says", seen.bad);
    } finally {
      await remove([...bad, ...good]);
    }
  });
});
