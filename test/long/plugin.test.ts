// The real Kubernetes plugin, built from its Go module, goes the same way as the stand-in, and both leave the same states. Costs
// about four minutes, and the build once four more.
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { Clone } from "../e2e/clone.ts";
import { kubectlOn } from "../e2e/kubectlOn.ts";

/** An object that the API server refuses by its schema, as somebody might add it to the program. */
const REFUSED = `
const k8s = await import("@pulumi/kubernetes");
new k8s.apiextensions.CustomResource(
  "refused",
  {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "refused", namespace: "bookinfo" },
    spec: { host: "details", trafficPolicy: { connectionPool: { tcp: { connectTimeout: "5" } } } },
  },
  { provider },
);
`;

/** A resource of a state, without what differs from one run to the next. */
type Kept = Record<string, unknown>;

/** What a run of the journey has shown. */
interface Journey {
  readonly states: Record<string, Kept[]>;
  readonly outputs: Record<string, string>;
}

async function journey(env: NodeJS.ProcessEnv): Promise<Journey> {
  const clone = await Clone.of(env);
  const seen: Journey = { states: {}, outputs: {} };
  const after = async (step: string, output: string) => {
    seen.states[step] = kept((await clone.pulumi("stack export --show-secrets")).stdout);
    seen.outputs[step] = output;
  };
  const weights = (v1: number) => {
    const reviews = { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1, v2: 100 - v1 } }] };
    clone.configure((config) => ({ ...config, "mesh:traffic": { reviews } }));
  };
  try {
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    weights(50);
    await after("up", (await clone.makeWell("up")).output);
    await after("unchanged", (await clone.makeWell("up")).output);
    weights(75);
    await after("weight", (await clone.makeWell("up")).output);

    const patch = JSON.stringify([{ op: "replace", path: "/spec/http/0/route/0/weight", value: 11 }]);
    const routes = ["virtualservice", "reviews-routes", "--type=json", "-p", patch];
    await kubectlOn(clone.kubeconfig, "-n", "bookinfo", "patch", ...routes);
    seen.outputs.drift = (await clone.pulumi("preview --refresh --diff")).output;
    await after("repaired", (await clone.pulumi("up --refresh --yes --skip-preview")).output);
    await clone.pulumi("preview --refresh --expect-no-changes");

    const program = join(clone.folder, "program.ts");
    const good = readFileSync(program, "utf8");
    const bad = good.replace(/\n {2}return \{\n/, (end) => `${REFUSED}${end}`);
    expect(bad).not.toBe(good);
    writeFileSync(program, bad);
    const refused = await clone.make("preview");
    expect(refused.exitCode).not.toBe(0);
    await after("refused", refused.output);
    writeFileSync(program, good);

    await after("gone", (await clone.pulumi("destroy --yes --skip-preview")).output);
    seen.outputs.namespaces = await kubectlOn(clone.kubeconfig, "get", "namespaces", "-o", "name");
    return seen;
  } finally {
    await clone.make("down");
    clone.remove();
  }
}

/** What differs from one run, or one cluster, to the next. */
const VOLATILE = [
  ...["created", "modified", "uid", "creationTimestamp", "resourceVersion", "generation", "managedFields", "status"],
  // Of the checkout that they ran in.
  ...["sourcePosition", "stackTrace"],
  ...["kubeconfig", "clusterIP", "clusterIPs", "nodePort", "healthCheckNodePort", "__fieldManager"],
];

const without = (key: string, value: unknown): unknown => (VOLATILE.includes(key) ? undefined : value);

function kept(state: string): Kept[] {
  const { deployment } = JSON.parse(state, (key, value: unknown) => {
    if (VOLATILE.includes(key)) return undefined;
    // The provider has an id of its own each time, which follows its name.
    if (key === "provider" && typeof value === "string") return value.replace(/::[^:]+$/, "");
    if (key === "id" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value))) return undefined;
    // A secret is kept as JSON: what differs in it is taken out of it alike.
    if (key === "plaintext") return JSON.stringify(JSON.parse(String(value), without));
    if (key === "dependencies" && Array.isArray(value)) return (value as unknown[]).toSorted();
    return value;
  }) as { deployment: { resources?: Kept[] } };
  return (deployment.resources ?? []).toSorted((one, other) => String(one.urn).localeCompare(String(other.urn)));
}

describe("the Kubernetes plugin", () => {
  let real: Journey;
  let standIn: Journey;
  beforeAll(async () => {
    const folder = await goPrograms("kubernetes-plugin");
    real = await journey({ PATH: [folder, process.env.PATH].join(delimiter) });
    standIn = await journey({});
  }, 3_000_000);

  it("is the real one in one journey, and the stand-in in the other", () => {
    const taken = (output = "") => /using pulumi-resource-kubernetes from \$PATH at (\S+)/.exec(output)?.[1];
    expect(taken(real.outputs.up)).toMatch(/\/programs\/kubernetes-plugin-[0-9a-f]+\//);
    expect(taken(standIn.outputs.up)).toMatch(/\/stand-ins\//);
  });

  it.each(["up", "unchanged", "weight", "repaired", "refused", "gone"])("leaves the same state after: %s", (step) => {
    expect(real.states[step]).toEqual(standIn.states[step]);
  });

  it.each([
    ["unchanged", /Resources:\s+\d+ unchanged/],
    ["weight", /~ 1 updated/],
    ["drift", /weight\s*: 11/],
    ["repaired", /~ 1 updated/],
    ["refused", /connectTimeout/],
    ["namespaces", /^namespace\/default\nnamespace\/kube-node-lease\nnamespace\/kube-public\nnamespace\/kube-system$/],
  ])("says so: %s", (step, words) => {
    expect(real.outputs[step]).toMatch(words);
    expect(standIn.outputs[step]).toMatch(words);
  });
});
