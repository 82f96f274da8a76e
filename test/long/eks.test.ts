// The stacks on EKS and the documented pair, each with an upgrade of Kubernetes, and more nodes where test/e2e/eks.test.ts has
// not shown that. About ten minutes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EksGround, NAMESPACES, well, withEks, withNodes } from "../e2e/eksGround.ts";
import { stackLife, type Life } from "../e2e/eksLife.ts";
import { steps } from "../e2e/engineEvents.ts";

const PAIR = ["prod-cluster", "prod-mesh"] as const;

let ground: EksGround;
beforeAll(async () => {
  ground = await EksGround.of("eks-long", ["dev", "staging", "prod", "auto", ...PAIR]);
}, 600_000);
afterAll(() => ground.end());

const NODES = "aws:eks/nodeGroup:NodeGroup";

/** Goes up by a minor version of Kubernetes, which makes nothing anew: nodes and add-ons after the cluster. */
async function upgradeKubernetes(stack: string, up: Life["up"]): Promise<void> {
  const entries = () => ground.inAws(stack);
  const ids = () => entries().map(({ id }) => id);
  const before = ids();
  const addons = entries().flatMap(({ properties }) => (properties as { addonName?: string }).addonName ?? []);
  expect(addons.length).toBeGreaterThan(0);
  const next = Object.fromEntries(addons.map((name) => [name, "v1.36.0-eksbuild.1"]));
  ground.clone.configure((config) => withEks(config, { version: "1.36", addons: next }), stack);
  const preview = well(await ground.make(stack, "preview"));
  expect(preview.output).toContain("1.36");
  const log = join(ground.clone.folder, `${stack}.upgrade`);
  well(await up(`--event-log ${log}`));
  const versions = entries().flatMap(({ type, properties }) => {
    const { version, addonName, addonVersion } = properties as Readonly<Record<string, string | undefined>>;
    if (addonName !== undefined) return [[addonName, addonVersion] as const];
    return /:(Cluster|NodeGroup)$/.test(type) ? [[type, version] as const] : [];
  });
  const hasNodes = entries().some(({ type }) => type === NODES);
  expect(Object.fromEntries(versions)).toEqual({
    "aws:eks/cluster:Cluster": "1.36",
    ...(hasNodes && { [NODES]: "1.36" }),
    ...next,
  });
  expect(ids()).toEqual(before);
  const updated = steps(readFileSync(log, "utf8"), "update");
  const [cluster, ...groups] = ["aws:eks/cluster:Cluster", NODES].flatMap((wanted) =>
    updated.filter(({ type }) => type === wanted),
  );
  expect([cluster?.type, groups.length > 0]).toEqual(["aws:eks/cluster:Cluster", hasNodes]);
  for (const group of groups) expect(group.begin).toBeGreaterThan(cluster?.end ?? Infinity);
  well(await ground.pulumi(stack, "preview --refresh --expect-no-changes"));
}

function kubernetesUpgrade({ stack, up }: Life): void {
  it("goes up by a minor version of Kubernetes, nodes and add-ons after the cluster", () =>
    upgradeKubernetes(stack, up));
}

/** More nodes, in the group that is there. */
async function resize(stack: string, up: Life["up"]): Promise<void> {
  const groups = () => ground.inAws(stack).filter(({ type }) => type === NODES);
  const before = groups();
  expect(before).toHaveLength(1);
  const bounds = { min: 4, max: 12 };
  ground.clone.configure((config) => withNodes(config, bounds), stack);
  well(await up());
  const scalingConfig = { minSize: 4, desiredSize: 4, maxSize: 12 };
  expect(groups()).toMatchObject(before.map(({ id }) => ({ id, properties: { scalingConfig } })));
  well(await ground.pulumi(stack, "preview --refresh --expect-no-changes"));
}

function moreNodes({ stack, up }: Life): void {
  it("has more nodes when the stack file says so, in the group that is there", () => resize(stack, up));
}

function protection({ stack, up }: Life): void {
  it("is not destroyed as long as it is protected", async () => {
    const [before, made] = [ground.resources(stack), ground.inAws(stack)];
    for (const destroy of [
      () => ground.pulumi(stack, "destroy --yes --skip-preview"),
      () => ground.make(stack, "down", "YES=1"),
      () => ground.plainDestroy(stack),
    ]) {
      const { exitCode, output } = await destroy();
      expect([exitCode === 0, output.includes("protect")]).toEqual([false, true]);
      expect(ground.resources(stack)).toEqual(before);
      expect(ground.inAws(stack)).toEqual(made);
    }
    ground.clone.configure((config) => withEks(config, { protect: false }), stack);
    const refused = await ground.make(stack, "preview");
    expect([refused.exitCode === 0, refused.output.includes("eks-deletion-protected")]).toEqual([false, true]);
    const levels = join(ground.clone.folder, "policies/config/prod.json");
    const prod = JSON.parse(readFileSync(levels, "utf8")) as object;
    writeFileSync(levels, JSON.stringify({ ...prod, "eks-deletion-protected": "advisory" }));
    well(await ground.make(stack, "preview"));
    well(await up());
  });
}

const both = (life: Life) => {
  moreNodes(life);
  kubernetesUpgrade(life);
};

stackLife(() => ground, "dev", { during: kubernetesUpgrade });
stackLife(() => ground, "staging", { during: both });
stackLife(() => ground, "prod", {
  during: (life) => {
    both(life);
    protection(life);
  },
});
stackLife(() => ground, "auto", { during: kubernetesUpgrade });

/** The two files of docs/eks.md, as they stand there but for where charts and images come from. */
describe("a cluster and its mesh in stacks of their own", () => {
  const [cluster, mesh] = PAIR;
  const urns = (stack: string) => ground.resources(stack).map(({ urn }) => urn);

  it("are made, the mesh's by what the cluster's says", async () => {
    for (const stack of PAIR) well(await ground.make(stack, "init"));
    for (const stack of PAIR) well(await ground.pulumi(stack, "up --yes --skip-preview --parallel 64"));
    expect(urns(mesh).filter((urn) => urn.includes("::aws:"))).toEqual([]);
    expect(urns(mesh).some((urn) => urn.includes("networking.istio.io/v1:VirtualService"))).toBe(true);
    for (const stack of PAIR) well(await ground.pulumi(stack, "preview --refresh --expect-no-changes"));
  });

  it("are resized and upgraded, of which the mesh notices nothing", async () => {
    const up = (more = "") => ground.pulumi(cluster, `up --yes --skip-preview --parallel 64 ${more}`);
    await resize(cluster, up);
    await upgradeKubernetes(cluster, up);
    well(await ground.pulumi(mesh, "preview --refresh --expect-no-changes"));
  });

  it("go, the mesh first, and leave nothing behind", async () => {
    const before = urns(cluster);
    well(await ground.make(mesh, "down", "YES=1"));
    expect(urns(cluster)).toEqual(before);
    expect(await ground.namespaces()).toEqual(NAMESPACES);
    well(await ground.make(cluster, "down", "YES=1"));
    expect(ground.account(cluster).all()).toEqual([]);
  });
});
