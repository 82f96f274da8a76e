// Istio goes up by a minor version on EKS, in place and by revision, as docs/eks.md says. Costs about six minutes of
// processor time.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadAll } from "js-yaml";
import { istioModule, istioModuleBefore } from "../../testbed/goPrograms.ts";
import { EksGround, NAMESPACES, well, withEks } from "../e2e/eksGround.ts";
import { deletions, steps, type Step } from "../e2e/engineEvents.ts";
import { packIstioCharts } from "../e2e/istioCharts.ts";
import { kubectlOn } from "../e2e/kubectlOn.ts";

const [BEFORE, AFTER] = ["1.30.0", "1.31.1"];
const PAIR = ["prod-cluster", "prod-mesh"] as const;
const [OLD, NEW] = ["1-30-0", "1-31-1"];

let ground: EksGround;
/** Folders: of the charts of both versions, and of the modules that they come from. */
let charts: string;
let modules: { readonly before: string; readonly after: string };
beforeAll(async () => {
  ground = await EksGround.of("eks-istio", ["dev", "auto", "prod", "staging", ...PAIR]);
  charts = join(ground.clone.folder, "istio-charts");
  mkdirSync(charts);
  modules = { before: await istioModuleBefore(), after: await istioModule() };
  await packIstioCharts(modules.before, BEFORE, charts);
  await packIstioCharts(modules.after, AFTER, charts);
  ground.clone.configure((config) => withEks(config, { protect: false }), "prod");
  const levels = join(ground.clone.folder, "policies/config/prod.json");
  const prod = JSON.parse(readFileSync(levels, "utf8")) as object;
  writeFileSync(levels, JSON.stringify({ ...prod, "eks-deletion-protected": "advisory" }));
}, 600_000);
afterAll(() => ground.end());

/** Edits `mesh:istio` in the stack file. */
function configure(stack: string, istio: object): void {
  ground.clone.configure((config) => {
    // YAML leaves out what is undefined.
    const all = { ...(config["mesh:istio"] as object), charts: { folder: charts }, ...istio };
    return { ...config, "mesh:istio": all };
  }, stack);
}

/** `pulumi up` with the policy pack. Returns what the engine wrote down. */
async function up(stack: string): Promise<string> {
  const log = join(ground.clone.folder, `${stack}.events`);
  const pack = `--policy-pack policies --policy-pack-config policies/config/${stack}.json`;
  well(await ground.pulumi(stack, `up --yes --skip-preview --parallel 64 ${pack} --event-log ${log}`));
  return readFileSync(log, "utf8");
}

/** Nothing is left to do, by the state of the stack or by that of the cluster. */
const unchanged = async (stack: string, more = "") => {
  well(await ground.pulumi(stack, `preview --expect-no-changes ${more}`));
};

async function end(stack: string): Promise<void> {
  well(await ground.pulumi(stack, "destroy --yes --skip-preview"));
  expect(ground.inAws(stack)).toEqual([]);
  expect(await ground.namespaces()).toEqual(NAMESPACES);
  const kinds = "mutatingwebhookconfigurations,validatingwebhookconfigurations,clusterroles,clusterrolebindings";
  expect(await kubectlOn(ground.kubeconfig, "get", kinds, "-o", "name")).not.toContain("istio");
}

type Texts = Readonly<Record<string, string>>;

interface Live {
  readonly metadata: { readonly name: string; readonly uid: string; readonly labels?: Texts };
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: Texts; readonly labels?: Texts } };
    /** Of a definition. */
    readonly versions?: unknown;
  };
  readonly webhooks?: readonly { readonly clientConfig: { readonly service: { readonly name: string } } }[];
}

const inCluster = async (what: string) =>
  JSON.parse(await kubectlOn(ground.kubeconfig, "get", ...what.split(" "), "-o", "json")) as unknown;
const get = async (what: string) => (await inCluster(what)) as Live;
const list = async (what: string) => ((await inCluster(what)) as { items: Live[] }).items;
const different = (values: readonly unknown[]) => [...new Set(values)];

/** By which the load balancer's controller knows it. */
const serviceId = async () => (await get("service istio-ingressgateway -n istio-ingress")).metadata.uid;

const controlPlanes = async () =>
  (await list("deployments -n istio-system")).map(({ metadata }) => metadata.name).toSorted();

/** What makes pods of gateways roll: the version of the chart, and the revision that injects them. */
async function gateways(): Promise<unknown[]> {
  const ways = ["ingress", "egress"].map((way) => get(`deployment istio-${way}gateway -n istio-${way}`));
  const labels = (await Promise.all(ways)).map(({ spec }) => spec.template.metadata.labels ?? {});
  return different(labels.flatMap((all) => [all["app.kubernetes.io/version"], all["istio.io/rev"]]));
}

/** What makes Bookinfo's pods roll. */
async function proxies(): Promise<unknown[]> {
  const all = await list("deployments -n bookinfo");
  return different(all.map(({ spec }) => spec.template.metadata.annotations?.["mesh/proxy-version"]));
}

/** The definitions of Istio's objects are those of the module's chart. */
async function expectDefinitions(module: string): Promise<void> {
  const file = join(module, "manifests/charts/base/files/crd-all.gen.yaml");
  const ofChart = loadAll(readFileSync(file, "utf8")) as Live[];
  const live = new Map((await list("crds")).map(({ metadata, spec }) => [metadata.name, spec.versions]));
  expect(ofChart.length).toBeGreaterThan(10);
  for (const { metadata, spec } of ofChart) expect(live.get(metadata.name), metadata.name).toEqual(spec.versions);
}

/** Each group has steps, and begins when the one before it has ended. */
function expectOrder(...groups: (readonly Step[])[]): void {
  for (const [index, group] of groups.entries()) {
    expect(group).not.toEqual([]);
    const ended = Math.max(0, ...(groups[index - 1] ?? []).map(({ end }) => end));
    expect(group.filter(({ begin }) => begin < ended)).toEqual([]);
  }
}

const names = (all: readonly Step[]) => all.map(({ name }) => name).toSorted();
const releases = (all: readonly Step[], name: RegExp) =>
  all.filter((step) => step.type.endsWith(":Release") && name.test(step.name));
const pods = (all: readonly Step[]) => all.filter(({ type }) => type.endsWith(":Deployment"));

describe.each(["dev", "auto", "prod"])("Istio in place, on the stack %s", (stack) => {
  let id: string;

  it("is the older one at first", async () => {
    well(await ground.make(stack, "init"));
    configure(stack, { version: BEFORE, revision: undefined });
    await up(stack);
    await expectDefinitions(modules.before);
    expect([await gateways(), await proxies()]).toEqual([[BEFORE, undefined], [BEFORE]]);
    id = await serviceId();
  });

  it("is said by the preview to go up, which replaces nothing", async () => {
    configure(stack, { version: AFTER, revision: undefined });
    const { output } = well(await ground.make(stack, "preview"));
    expect(output).toContain(
      `Check these first:\n  istio-istiod upgrades from Istio ${BEFORE} to ${AFTER}, in place\n\n`,
    );
    expect(output).not.toMatch(/\d to (create|replace|delete)/);
  });

  it("goes up: definitions, control plane, then gateways and pods", async () => {
    const log = await up(stack);
    const updated = steps(log, "update");
    const [base, istiod, ways] = [/-base$/, /-istiod$/, /-(in|e)gress$/].map((name) => releases(updated, name));
    expectOrder(base ?? [], istiod ?? [], [...(ways ?? []), ...pods(updated)]);
    expect(updated).toHaveLength(4 + pods(updated).length);
    expect([steps(log, "replace"), deletions(log)]).toEqual([[], []]);
    await unchanged(stack, "--refresh");
    await expectDefinitions(modules.after);
    expect([await gateways(), await proxies()]).toEqual([[AFTER, undefined], [AFTER]]);
    expect(await serviceId()).toBe(id);
  });

  it("leaves nothing behind", () => end(stack));
});

describe("Istio in place, in a stack beside that of its cluster", () => {
  const [cluster, mesh] = PAIR;
  const pairUp = async (stack: string) => well(await ground.pulumi(stack, "up --yes --skip-preview --parallel 64"));

  it("goes up, of which the cluster notices nothing", async () => {
    for (const stack of PAIR) well(await ground.make(stack, "init"));
    await pairUp(cluster);
    configure(mesh, { version: BEFORE, revision: undefined });
    await pairUp(mesh);
    await expectDefinitions(modules.before);
    const [id, before] = [await serviceId(), ground.inAws(cluster)];
    configure(mesh, { version: AFTER, revision: undefined });
    await pairUp(mesh);
    await expectDefinitions(modules.after);
    expect([await gateways(), await proxies()]).toEqual([[AFTER, undefined], [AFTER]]);
    expect([await serviceId(), ground.inAws(cluster)]).toEqual([id, before]);
    for (const stack of PAIR) await unchanged(stack, "--refresh");
  });

  it("leaves nothing behind", async () => {
    for (const stack of [mesh, cluster]) well(await ground.make(stack, "down", "YES=1"));
    expect(ground.inAws(cluster)).toEqual([]);
    expect(await ground.namespaces()).toEqual(NAMESPACES);
  });
});

describe("Istio by revision", () => {
  const stack = "staging";
  const canary = { version: AFTER, revision: NEW };
  let id: string;

  it("is the older one at first", async () => {
    well(await ground.make(stack, "init"));
    configure(stack, { version: BEFORE, revision: OLD, tags: { stable: OLD } });
    await up(stack);
    await expectDefinitions(modules.before);
    expect(await controlPlanes()).toEqual([`istiod-${OLD}`]);
    expect([await gateways(), await proxies()]).toEqual([[BEFORE, OLD], [BEFORE]]);
    id = await serviceId();
  });

  it("comes beside the first, and does nothing yet", async () => {
    configure(stack, { canary });
    const log = await up(stack);
    expect(names(steps(log, "update"))).toEqual(["istio-base"]);
    expect(deletions(log)).toEqual([]);
    await unchanged(stack);
    await expectDefinitions(modules.after);
    expect(await controlPlanes()).toEqual([`istiod-${OLD}`, `istiod-${NEW}`]);
  });

  it("gets a namespace, and the tag", async () => {
    configure(stack, { canary: { ...canary, namespaces: ["bookinfo"] }, tags: { stable: NEW } });
    const updated = steps(await up(stack), "update");
    expect(names(updated)).toEqual(["bookinfo", ...names(pods(updated)), "istio-tag-stable"]);
    await unchanged(stack);
    expect((await get("namespace bookinfo")).metadata.labels).toMatchObject({ "istio.io/rev": NEW });
    const { webhooks = [] } = await get("mutatingwebhookconfiguration istio-revision-tag-stable");
    expect(different(webhooks.map(({ clientConfig }) => clientConfig.service.name))).toEqual([`istiod-${NEW}`]);
    expect([await gateways(), await proxies()]).toEqual([[BEFORE, OLD], [AFTER]]);
  });

  it("does not take the first one's place while a tag or the default points at that", async () => {
    configure(stack, { ...canary, canary: undefined, tags: { stable: OLD }, defaultRevision: OLD });
    const { exitCode, output } = await ground.make(stack, "preview");
    expect(exitCode).not.toBe(0);
    for (const path of ["tags.stable", "defaultRevision"]) {
      expect(output).toContain(`mesh:istio.${path} is no revision of this stack`);
    }
  });

  it("takes the first one's place, which goes when the gateways have followed", async () => {
    configure(stack, { tags: { stable: NEW }, defaultRevision: undefined });
    const { output } = well(await ground.make(stack, "preview"));
    expect(output).toContain(
      `Check these first:\n  istio-istiod-${OLD} (kubernetes:helm.sh/v3:Release) is deleted\n\n`,
    );
    const log = await up(stack);
    const updated = steps(log, "update");
    expectOrder(releases(updated, /-(in|e)gress$/), deletions(log));
    expect(names(releases(updated, /./))).toEqual(["istio-base", "istio-egress", "istio-ingress"]);
    expect(names(deletions(log))).toEqual([`istio-istiod-${OLD}`]);
    expect(steps(log, "replace")).toEqual([]);
    await unchanged(stack, "--refresh");
    expect(await controlPlanes()).toEqual([`istiod-${NEW}`]);
    expect([await gateways(), await proxies()]).toEqual([[AFTER, NEW], [AFTER]]);
    expect(await serviceId()).toBe(id);
  });

  it("leaves nothing behind", () => end(stack));
});
