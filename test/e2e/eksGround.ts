// The ground of the tests on EKS: a real engine, a real API server with nodes on paper, and AWS stood in for.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { outcomeOf } from "../../lib/run.ts";
import { testbedDown, testbedUp } from "../../testbed/cluster.ts";
import { testbedOverlay } from "../../testbed/overlay.ts";
import { Account, type Entry } from "../../testbed/pulumi/aws/account.ts";
import type { Fault } from "../../testbed/pulumi/aws/faults.ts";
import { engine } from "../../tools/programs/programs.ts";
import { backendUrl } from "../../tools/stack/stackFolder.ts";
import { eks } from "../../versions.ts";
import { yamlExamples } from "../yamlExamples.ts";
import { Clone, type Made } from "./clone.ts";
import { HollowNodes } from "./hollowNodes.ts";
import { kubectlOn } from "./kubectlOn.ts";

const CONTROLLER = "aws-load-balancer-controller";

/** A chart with the name and version of the controller's, which no package registry carries. */
const CONTROLLER_CHART = {
  "Chart.yaml": dump({ apiVersion: "v2", name: CONTROLLER, version: eks.loadBalancerController }),
  "templates/deployment.yaml": dump({
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

/** What a cluster has by itself. */
export const NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

type Config = Record<string, unknown>;

/** A clone whose stacks make their clusters in an AWS of files, all of which are one testbed. */
export class EksGround {
  readonly clone: Clone;
  readonly kubeconfig: string;
  private readonly name: string;
  private readonly nodes: HollowNodes;
  private readonly states: string;

  private constructor(
    clone: Clone,
    kubeconfig: string,
    name: string,
    nodes: HollowNodes,
    /** Where the engine keeps the states. */
    states: string,
  ) {
    this.clone = clone;
    this.kubeconfig = kubeconfig;
    this.name = name;
    this.nodes = nodes;
    this.states = states;
  }

  /**
   * @param name of the testbed
   * @param stacks that are to be used: those of the project, `auto`, whose nodes AWS runs, and the pair of docs/eks.md
   */
  static async of(name: string, stacks: readonly string[]): Promise<EksGround> {
    const { instance, programs } = await testbedUp(name);
    const { kubeconfig } = instance;
    const nodes = await HollowNodes.add(kubeconfig, "eu-west-1");
    const states = mkdtempSync(join(tmpdir(), "backend-"));
    // The engine writes its events down for those who debug it.
    const env = { ...backendIn(states), MESH_EKS_KUBECONFIG: kubeconfig, PULUMI_DEBUG_COMMANDS: "true" };
    const clone = await Clone.of(env);
    const chart = join(clone.folder, "charts", CONTROLLER);
    mkdirSync(join(chart, "templates"), { recursive: true });
    for (const [file, text] of Object.entries(CONTROLLER_CHART)) writeFileSync(join(chart, file), text);
    const istio = testbedOverlay(instance, programs.istioModule)["mesh:istio"] as { charts: object };
    addAutoMode(clone);
    addPair(clone);
    for (const stack of stacks) {
      const charts = { folder: join(clone.folder, "charts") };
      const controller = ["auto", "prod-mesh"].includes(stack) ? {} : { loadBalancerController: { charts } };
      const settings = (config: Config) => ({
        ...(stack === "prod-mesh" ? config : withEks(config, controller)),
        ...(config["mesh:scope"] !== "cluster" && {
          "mesh:istio": { ...(config["mesh:istio"] as object), charts: istio.charts },
          // The tools that look at the mesh have charts of their own, which are not to be had here either.
          "mesh:observability": { enabled: false },
        }),
      });
      clone.configure(settings, stack);
    }
    return new EksGround(clone, kubeconfig, name, nodes, states);
  }

  async end(): Promise<void> {
    await this.nodes.stop();
    this.clone.remove();
    rmSync(this.states, { recursive: true });
    await testbedDown(this.name);
  }

  make(stack: string, ...args: string[]): Promise<Made> {
    return this.clone.make(...args, `STACK=${stack}`);
  }

  /** Runs the engine on the stack, however that may end. */
  pulumi(stack: string, args: string): Promise<Made> {
    return this.make(stack, "-s", "pulumi", `ARGS=${args}`);
  }

  /** Plain Pulumi, with the preview that looks for protection before anything goes. */
  async plainDestroy(stack: string): Promise<{ exitCode: number; output: string }> {
    const file = join(this.clone.folder, ".state", stack, `Pulumi.${stack}.yaml`);
    const { env } = await engine({ aws: true });
    const { exitCode, stdout, stderr } = await outcomeOf(
      "pulumi",
      ["destroy", "--yes", "--stack", stack, "--config-file", file],
      {
        cwd: this.clone.folder,
        env: { ...env, ...backendIn(this.states), MESH_AWS_ACCOUNT: this.account(stack).folder },
      },
    );
    return { exitCode, output: `${stdout}${stderr}` };
  }

  account(stack: string): Account {
    return new Account(join(this.clone.folder, ".state", stack, "aws-account"));
  }

  /** Orders faults of AWS. */
  faults(stack: string, ...ordered: Fault[]): void {
    const { folder } = this.account(stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "faults.json"), JSON.stringify(ordered));
  }

  /** The resources in AWS, always in the same order. */
  inAws(stack: string): Entry[] {
    return this.account(stack)
      .all()
      .toSorted((one, other) => one.id.localeCompare(other.id));
  }

  /** The text of the stack's state. */
  state(stack: string): string {
    return readFileSync(join(this.states, ".pulumi/stacks/mesh", `${stack}.json`), "utf8");
  }

  /** The resources in the stack's state. */
  resources(stack: string): { type: string; urn: string }[] {
    const { checkpoint } = JSON.parse(this.state(stack)) as {
      checkpoint: { latest?: { resources?: { type: string; urn: string }[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  /** The namespaces of the cluster. */
  async namespaces(): Promise<string[]> {
    const text = await kubectlOn(this.kubeconfig, "get", "namespaces", "-o", "json");
    const { items } = JSON.parse(text) as { items: { metadata: { name: string } }[] };
    return items.map(({ metadata }) => metadata.name).sort();
  }
}

/** Where the engine keeps the states, and how it encrypts what is secret in them. */
const backendIn = (folder: string) => ({
  PULUMI_BACKEND_URL: backendUrl(folder),
  PULUMI_CONFIG_PASSPHRASE: "of the test",
});

/** The pair of docs/eks.md, in a backend of our own. */
function addPair(clone: Clone): void {
  for (const example of yamlExamples(readFileSync(join(clone.folder, "docs/eks.md"), "utf8"))) {
    const [, file] = /^# (Pulumi\.prod-\w+\.yaml)\n/.exec(example) ?? [];
    if (file === undefined) continue;
    writeFileSync(join(clone.folder, file), example.replace("acme/mesh/", "organization/mesh/"));
  }
}

/** A stack like dev, but for its nodes. */
function addAutoMode(clone: Clone): void {
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
export function withEks(config: Config, more: object): Config {
  const { eks } = config["mesh:cluster"] as { eks: object };
  return { ...config, "mesh:cluster": { eks: { ...eks, ...more } } };
}

/** The configuration with more said about its nodes. */
export function withNodes(config: Config, more: object): Config {
  const { eks } = config["mesh:cluster"] as { eks: { nodes: { default: object } } };
  return withEks(config, { nodes: { default: { ...eks.nodes.default, ...more } } });
}

export function well(made: Made): Made {
  if (made.exitCode !== 0) throw new Error(made.output);
  return made;
}
