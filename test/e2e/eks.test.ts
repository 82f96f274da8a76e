// The stacks on EKS: a real engine, a real API server with nodes on paper, and AWS stood in for.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { testbedDown, testbedUp } from "../../testbed/cluster";
import { testbedOverlay } from "../../testbed/overlay";
import { Account } from "../../testbed/pulumi/aws/account";
import type { Fault } from "../../testbed/pulumi/aws/faults";
import { eks } from "../../versions";
import { outcomeOf } from "../../lib/run";
import { engine } from "../../tools/programs/programs";
import { backendUrl } from "../../tools/stack/stackFolder";
import { yamlExamples } from "../yamlExamples";
import { Clone, type Made } from "./clone";
import { deletions, steps, type Step } from "./engineEvents";
import { HollowNodes } from "./hollowNodes";
import { kubectlOn } from "./kubectlOn";

const NAME = "eks";
const CONTROLLER = "aws-load-balancer-controller";

/** A chart with the name and version of the controller's, which no package registry carries. */
const CONTROLLER_CHART = {
  "Chart.yaml": stringify({ apiVersion: "v2", name: CONTROLLER, version: eks.loadBalancerController }),
  "templates/deployment.yaml": stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: CONTROLLER },
    spec: {
      selector: { matchLabels: { app: CONTROLLER } },
      template: {
        metadata: { labels: { app: CONTROLLER } },
        spec: { containers: [{ name: "controller", image: "example.com/controller:1" }] },
      },
    },
  }),
};

/** What has to be gone before the next begins to go. */
const ORDER: readonly (readonly [what: string, matches: (resource: Step) => boolean])[] = [
  [
    "routes, applications and gateways",
    ({ type, name }) =>
      /networking\.istio\.io|apps\/v1:Deployment/.test(type) ||
      (type.endsWith(":Release") && /(in|e)gress$/.test(name)),
  ],
  ["istiod", ({ type, name }) => type.endsWith(":Release") && name.includes("istiod")],
  ["the base of Istio", ({ type, name }) => type.endsWith(":Release") && name.includes("base")],
  ["the load balancer controller", ({ type, name }) => type.endsWith(":Release") && !name.includes("istio")],
  ["nodes", ({ type }) => type.endsWith(":NodeGroup")],
  ["the cluster", ({ type }) => type === "aws:eks/cluster:Cluster"],
  ["subnets", ({ type }) => type.endsWith(":Subnet")],
  ["the network", ({ type }) => type.endsWith(":Vpc")],
];

/** What a cluster whose nodes AWS runs does without. */
const NOT_IN_AUTO_MODE = ["the load balancer controller", "nodes"];

/** Those of the project, and one of a team's that lets AWS run the nodes. */
const STACKS = ["dev", "staging", "prod", "auto"];

describe.each(STACKS)("the stack %s", (stack) => {
  const make = (...args: string[]) => clone.make(...args, `STACK=${stack}`);

  it("begins in a backend of its own", async () => {
    well(await make("init"));
  });

  const pulumi = (args: string) => make("-s", "pulumi", `ARGS=${args}`);
  const pack = `--policy-pack policies --policy-pack-config policies/config/${stack}.json`;
  const up = () => pulumi(`up --yes --skip-preview --parallel 64 ${pack}`);
  const faults = (...ordered: Fault[]) => {
    const { folder } = account();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "faults.json"), JSON.stringify(ordered));
  };

  it("is previewed, says what is stood in for, and passes the policy pack", async () => {
    const { output } = well(await make("preview"));
    expect(output).toContain("the AWS plugin is a stand-in");
    expect(output).toMatch(/\+ \d+ to create/);
    expect(output).toMatch(/about \$\d+ a month, an estimate/);
    expect(output).toContain(`The whole diff: make preview STACK=${stack} ARGS=--diff`);
    expect(output).not.toContain("[mandatory]");
  });

  it("is not begun by somebody whom its cluster does not let in", async () => {
    const { exitCode, output } = await make("preview", "MESH_AWS_CALLER=arn:aws:iam::111122223333:role/teams/stranger");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("mesh:cluster.eks.access.stranger is missing");
    expect(output).toMatch(/\+ 1 to create/); // the stack itself
    expect(inAws()).toEqual([]);
  });

  it.runIf(stack === "dev")("goes on from where AWS stopped it, and from what EKS left behind", async () => {
    const logGroup = { type: "aws:cloudwatch/logGroup:LogGroup", id: "/aws/eks/mesh-dev/cluster" };
    account().put({ ...logGroup, properties: { name: logGroup.id, logGroupClass: "STANDARD", retentionInDays: 0 } });

    faults({ type: "aws:eks/cluster:Cluster", operation: "create", fault: "half-made" });
    const first = await up();
    expect(first.exitCode).not.toBe(0);
    expect(first.output).toContain("unexpected state 'CREATE_FAILED'");
    expect(resources()).toContain("aws:eks/cluster:Cluster");
    expect(first.output).toContain(`The log group ${logGroup.id} is there, its cluster mesh-dev is not`);
    expect(account().find(logGroup.type, logGroup.id)?.properties).toMatchObject({
      retentionInDays: 7,
      tags: { Name: "mesh-dev" },
    });

    faults({ type: "aws:eks/nodeGroup:NodeGroup", operation: "create", fault: "quota" });
    const second = await up();
    expect(second.exitCode).not.toBe(0);
    expect(second.output).toContain("ResourceLimitExceededException");
    expect(resources()).toEqual(expect.not.arrayContaining(["aws:eks/nodeGroup:NodeGroup"]));
    faults();
  });

  it("is made", async () => {
    expect(well(await up()).output).toMatch(/Resources:\s+(\+ )?\d+/);
    expect(resources()).toContain("kubernetes:networking.istio.io/v1:VirtualService");
  });

  it("changes nothing when it is read back and run again", async () => {
    well(await pulumi("preview --refresh --expect-no-changes"));
  });

  it.runIf(stack === "dev")("keeps nodes and access when their bounds and names change", async () => {
    const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
    const configure = (bounds: object, access: object) => {
      clone.configure((config) => withNodes(withEks(config, { access }), bounds), stack);
    };
    const entries = () => inAws().filter(({ type }) => type.startsWith("aws:eks/access"));
    /** What an autoscaler does. */
    const scale = (desiredSize: number) => {
      const { properties, ...group } = nodeGroup();
      const scalingConfig = { ...(properties.scalingConfig as object), desiredSize };
      account().put({ ...group, properties: { ...properties, scalingConfig } });
    };
    const nodeGroup = () => {
      const [group, ...others] = inAws().filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
      if (!group || others.length > 0) throw new Error("the account has not one node group");
      return group;
    };
    const admin = { principal: role("developers"), level: "cluster-admin" };
    const viewer = { principal: role("viewers"), level: "view" };
    const { id } = nodeGroup();
    /** The group is the same one, with these numbers of nodes. */
    const expectNodes = (minSize: number, desiredSize: number, maxSize: number) => {
      expect(nodeGroup()).toMatchObject({ id, properties: { scalingConfig: { minSize, desiredSize, maxSize } } });
    };

    // The fewest become more than there are; one more comes in.
    configure({ min: 3, max: 4 }, { developers: admin, viewers: viewer });
    well(await up());
    expectNodes(3, 3, 4);
    expect(entries()).toHaveLength(4);

    // An autoscaler was there, the most become more; two change their names.
    scale(4);
    const before = entries();
    configure({ min: 3, max: 8 }, { viewers: admin, developers: viewer });
    well(await up());
    expectNodes(3, 4, 8);
    expect(entries()).toEqual(before);

    // Both become fewer; one has a new name.
    scale(5);
    configure({ min: 1, max: 6 }, { team: admin, developers: viewer });
    well(await up());
    expectNodes(1, 5, 6);
    expect(entries()).toEqual(before);

    // An autoscaler alone is no change.
    scale(2);
    well(await pulumi("preview --expect-no-changes"));
  });

  it.runIf(stack === "staging")(
    "goes up by a minor version of Kubernetes, nodes and add-ons after the cluster",
    async () => {
      const versions = () =>
        Object.fromEntries(
          inAws().flatMap(({ type, properties }) => {
            const { version, addonName, addonVersion } = properties as Readonly<Record<string, string | undefined>>;
            if (addonName !== undefined) return [[addonName, addonVersion]];
            return /:(Cluster|NodeGroup)$/.test(type) ? [[type, version]] : [];
          }),
        );
      const next = Object.fromEntries(Object.keys(eks.addons).map((name) => [name, "v1.36.0-eksbuild.1"]));
      const before = inAws().map(({ id }) => id);
      clone.configure((config) => withEks(config, { version: "1.36", addons: next }), stack);
      const log = join(clone.folder, `${stack}.upgrade`);
      const preview = well(await make("preview"));
      expect(preview.output).toContain("1.36");
      well(await pulumi(`up --yes --skip-preview --parallel 64 ${pack} --event-log ${log}`));
      expect(versions()).toEqual({
        "aws:eks/cluster:Cluster": "1.36",
        "aws:eks/nodeGroup:NodeGroup": "1.36",
        ...next,
      });
      // Nothing was made anew for it.
      expect(inAws().map(({ id }) => id)).toEqual(before);
      const updated = steps(readFileSync(log, "utf8"), "update");
      const placeOf = (type: string) => updated.filter((step) => step.type.endsWith(type));
      const [cluster] = placeOf("eks/cluster:Cluster");
      const [group] = placeOf(":NodeGroup");
      expect([cluster, group].includes(undefined)).toBe(false);
      expect(group?.begin).toBeGreaterThan(cluster?.end ?? Infinity);
      well(await pulumi("preview --refresh --expect-no-changes"));
    },
  );

  it("keeps no secret in plain state", () => {
    const key = /client-key-data: (\S+)/.exec(readFileSync(kubeconfig, "utf8"))?.[1] ?? "";
    expect(key.length).toBeGreaterThan(100);
    expect(state()).toContain(`"type":"aws:eks/cluster:Cluster"`);
    expect(state()).not.toContain(key);
  });

  it.runIf(stack === "prod")("is not destroyed as long as it is protected", async () => {
    const [before, made] = [resources(), inAws()];
    for (const destroy of [() => pulumi("destroy --yes --skip-preview"), () => make("down", "YES=1"), plainDestroy]) {
      const { exitCode, output } = await destroy();
      expect([exitCode === 0, output.includes("protect")]).toEqual([false, true]);
      expect(resources()).toEqual(before);
      expect(inAws()).toEqual(made);
    }
    clone.configure((config) => withEks(config, { protect: false }), stack);
    const refused = await make("preview");
    expect([refused.exitCode === 0, refused.output.includes("eks-deletion-protected")]).toEqual([false, true]);
    const levels = join(clone.folder, "policies/config/prod.json");
    const prod = JSON.parse(readFileSync(levels, "utf8")) as object;
    writeFileSync(levels, JSON.stringify({ ...prod, "eks-deletion-protected": "advisory" }));
    well(await make("preview"));
    well(await up());
  });

  it("is destroyed in the order in which nothing is left behind", async () => {
    const log = join(clone.folder, `${stack}.events`);
    well(await pulumi(`destroy --yes --skip-preview --event-log ${log}`));
    const gone = deletions(readFileSync(log, "utf8"));
    const groups = ORDER.map(([what, matches]) => ({ what, members: gone.filter(matches) }));
    const empty = groups.filter(({ members }) => members.length === 0).map(({ what }) => what);
    expect(empty).toEqual(stack === "auto" ? NOT_IN_AUTO_MODE : []);
    for (const [index, { what, members }] of groups.entries()) {
      const later = groups.slice(index + 1).flatMap((group) => group.members);
      const last = Math.max(...members.map(({ end }) => end));
      const early = later.filter(({ begin }) => begin < last).map(({ name }) => name);
      expect(early, `begun before ${what} were gone`).toEqual([]);
    }
    expect(inAws()).toEqual([]);
    const { items } = JSON.parse(await kubectlOn(kubeconfig, "get", "namespaces", "-o", "json")) as { items: Named[] };
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual(NAMESPACES);
  });

  /** Plain Pulumi, with the preview that looks for protection before anything goes. */
  const plainDestroy = async () => {
    const files = join(clone.folder, ".state", stack);
    const { env } = await engine({ aws: true });
    const { exitCode, stdout, stderr } = await outcomeOf(
      "pulumi",
      ["destroy", "--yes", "--stack", stack, "--config-file", join(files, `Pulumi.${stack}.yaml`)],
      {
        cwd: clone.folder,
        env: {
          ...env,
          ...backend(),
          MESH_AWS_ACCOUNT: account().folder,
        },
      },
    );
    return { exitCode, output: `${stdout}${stderr}` };
  };
  const account = () => new Account(join(clone.folder, ".state", stack, "aws-account"));
  /** The resources in AWS, always in the same order. */
  const inAws = () =>
    account()
      .all()
      .toSorted((one, other) => one.id.localeCompare(other.id));
  const state = () => readFileSync(join(folder, ".pulumi/stacks/mesh", `${stack}.json`), "utf8");
  const resources = () => {
    const { checkpoint } = JSON.parse(state()) as { checkpoint: { latest: { resources: { type: string }[] } } };
    return checkpoint.latest.resources.map(({ type }) => type);
  };
});

/** The two files of docs/eks.md, as they stand there but for where charts and images come from. */
describe("a cluster and its mesh in stacks of their own", () => {
  const [cluster, mesh] = ["prod-cluster", "prod-mesh"] as const;
  const make = (stack: string, ...args: string[]) => clone.make(...args, `STACK=${stack}`);
  const pulumi = (stack: string, args: string) => make(stack, "-s", "pulumi", `ARGS=${args}`);
  const latest = (stack: string) => {
    const state = JSON.parse(readFileSync(join(folder, ".pulumi/stacks/mesh", `${stack}.json`), "utf8")) as {
      checkpoint: { latest?: { resources?: { type: string; urn: string }[] } };
    };
    return (state.checkpoint.latest?.resources ?? []).map(({ urn }) => urn);
  };

  it("are made, the mesh's by what the cluster's says", async () => {
    for (const stack of [cluster, mesh]) well(await make(stack, "init"));
    well(await pulumi(cluster, "up --yes --skip-preview --parallel 64"));
    well(await pulumi(mesh, "up --yes --skip-preview --parallel 64"));
    expect(latest(mesh).filter((urn) => urn.includes("::aws:"))).toEqual([]);
    expect(latest(mesh).some((urn) => urn.includes("networking.istio.io/v1:VirtualService"))).toBe(true);
    for (const stack of [cluster, mesh]) well(await pulumi(stack, "preview --refresh --expect-no-changes"));
  });

  it("go, the mesh first, and leave nothing behind", async () => {
    const before = latest(cluster);
    well(await make(mesh, "down", "YES=1"));
    expect(latest(cluster)).toEqual(before);
    const { items } = JSON.parse(await kubectlOn(kubeconfig, "get", "namespaces", "-o", "json")) as { items: Named[] };
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual(NAMESPACES);
    well(await make(cluster, "down", "YES=1"));
    expect(new Account(join(clone.folder, ".state", cluster, "aws-account")).all()).toEqual([]);
  });
});

interface Named {
  readonly metadata: { readonly name: string };
}

/** What a cluster has by itself. */
const NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** Where the engine keeps the states, and how it encrypts what is secret in them. */
let folder: string;
const backend = () => ({ PULUMI_BACKEND_URL: backendUrl(folder), PULUMI_CONFIG_PASSPHRASE: "of the test" });

let clone: Clone;
let nodes: HollowNodes;
let kubeconfig: string;

beforeAll(async () => {
  const { instance, programs } = await testbedUp(NAME);
  ({ kubeconfig } = instance);
  nodes = await HollowNodes.add(kubeconfig, "eu-west-1");
  // The engine writes its events down for those who debug it.
  folder = mkdtempSync(join(tmpdir(), "backend-"));
  clone = await Clone.of({ ...backend(), MESH_EKS_KUBECONFIG: kubeconfig, PULUMI_DEBUG_COMMANDS: "true" });
  const chart = join(clone.folder, "charts", CONTROLLER);
  mkdirSync(join(chart, "templates"), { recursive: true });
  for (const [file, text] of Object.entries(CONTROLLER_CHART)) writeFileSync(join(chart, file), text);
  const istio = testbedOverlay(instance, programs.istioModule)["mesh:istio"] as { charts: object };
  addAutoMode();
  addPair();
  for (const stack of [...STACKS, "prod-cluster", "prod-mesh"]) {
    const charts = { folder: join(clone.folder, "charts") };
    const controller = ["auto", "prod-mesh"].includes(stack) ? {} : { loadBalancerController: { charts } };
    const settings = (config: Record<string, unknown>) => ({
      ...(stack === "prod-mesh" ? config : withEks(config, controller)),
      ...(config["mesh:scope"] !== "cluster" && {
        "mesh:istio": { ...(config["mesh:istio"] as object), charts: istio.charts },
        // The tools that look at the mesh have charts of their own, which are not to be had here either.
        "mesh:observability": { enabled: false },
      }),
    });
    clone.configure(settings, stack);
  }
}, 600_000);

afterAll(async () => {
  await nodes.stop();
  clone.remove();
  rmSync(folder, { recursive: true });
  await testbedDown(NAME);
});

/** The pair of docs/eks.md, in a backend of our own. */
function addPair(): void {
  for (const example of yamlExamples(readFileSync(join(clone.folder, "docs/eks.md"), "utf8"))) {
    const [, file] = /^# (Pulumi\.prod-\w+\.yaml)\n/.exec(example) ?? [];
    if (file === undefined) continue;
    writeFileSync(join(clone.folder, file), example.replace("acme/mesh/", "organization/mesh/"));
  }
}

/** A stack like dev, but for its nodes. */
function addAutoMode(): void {
  for (const file of ["Pulumi.*.yaml", "policies/config/*.json"]) {
    const [from, to] = ["dev", "auto"].map((stack) => join(clone.folder, file.replace("*", stack)));
    copyFileSync(from ?? "", to ?? "");
  }
  clone.configure((config) => {
    // YAML leaves out what is undefined.
    return withEks(config, { autoMode: true, nodes: undefined });
  }, "auto");
}

/** The configuration with more said about its cluster. */
function withEks(config: Record<string, unknown>, more: object): Record<string, unknown> {
  const { eks } = config["mesh:cluster"] as { eks: object };
  return { ...config, "mesh:cluster": { eks: { ...eks, ...more } } };
}

/** The configuration with more said about its nodes. */
function withNodes(config: Record<string, unknown>, more: object): Record<string, unknown> {
  const { eks } = config["mesh:cluster"] as { eks: { nodes: { default: object } } };
  return withEks(config, { nodes: { default: { ...eks.nodes.default, ...more } } });
}

function well(made: Made): Made {
  if (made.exitCode !== 0) throw new Error(made.output);
  return made;
}
