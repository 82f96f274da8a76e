// The stacks on EKS that test/e2e/eks.test.ts leaves out, an upgrade of Kubernetes, and the documented pair. About eight minutes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EksGround, NAMESPACES, well, withEks } from "../e2e/eksGround";
import { stackLife, type Life } from "../e2e/eksLife";
import { steps } from "../e2e/engineEvents";
import { eks } from "../../versions";

const PAIR = ["prod-cluster", "prod-mesh"] as const;

let ground: EksGround;
beforeAll(async () => {
  ground = await EksGround.of("eks-long", ["staging", "prod", "auto", ...PAIR]);
}, 600_000);
afterAll(() => ground.end());

function kubernetesUpgrade({ stack, up }: Life): void {
  it("goes up by a minor version of Kubernetes, nodes and add-ons after the cluster", async () => {
    const versions = () =>
      Object.fromEntries(
        ground.inAws(stack).flatMap(({ type, properties }) => {
          const { version, addonName, addonVersion } = properties as Readonly<Record<string, string | undefined>>;
          if (addonName !== undefined) return [[addonName, addonVersion]];
          return /:(Cluster|NodeGroup)$/.test(type) ? [[type, version]] : [];
        }),
      );
    const next = Object.fromEntries(Object.keys(eks.addons).map((name) => [name, "v1.36.0-eksbuild.1"]));
    const ids = () => ground.inAws(stack).map(({ id }) => id);
    const before = ids();
    ground.clone.configure((config) => withEks(config, { version: "1.36", addons: next }), stack);
    const preview = well(await ground.make(stack, "preview"));
    expect(preview.output).toContain("1.36");
    const log = join(ground.clone.folder, `${stack}.upgrade`);
    well(await up(`--event-log ${log}`));
    expect(versions()).toEqual({
      "aws:eks/cluster:Cluster": "1.36",
      "aws:eks/nodeGroup:NodeGroup": "1.36",
      ...next,
    });
    // Nothing was made anew for it.
    expect(ids()).toEqual(before);
    const updated = steps(readFileSync(log, "utf8"), "update");
    const [cluster, group] = ["eks/cluster:Cluster", ":NodeGroup"].map((end) =>
      updated.find(({ type }) => type.endsWith(end)),
    );
    expect([cluster, group].includes(undefined)).toBe(false);
    expect(group?.begin).toBeGreaterThan(cluster?.end ?? Infinity);
    well(await ground.pulumi(stack, "preview --refresh --expect-no-changes"));
  });
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

stackLife(() => ground, "staging", { during: kubernetesUpgrade });
stackLife(() => ground, "prod", { during: protection });
stackLife(() => ground, "auto");

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

  it("go, the mesh first, and leave nothing behind", async () => {
    const before = urns(cluster);
    well(await ground.make(mesh, "down", "YES=1"));
    expect(urns(cluster)).toEqual(before);
    expect(await ground.namespaces()).toEqual(NAMESPACES);
    well(await ground.make(cluster, "down", "YES=1"));
    expect(ground.account(cluster).all()).toEqual([]);
  });
});
