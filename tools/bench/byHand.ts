// The same releases and objects as the stack's, in its order, by the tools that one would call otherwise; each is waited for.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lib/run.ts";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { kubectlArgs } from "../../testbed/kubectlArgs.ts";
import { helmFolder } from "../programs/programs.ts";
import { checkout } from "../stack/checkout.ts";
import type { Stack } from "../stack/stack.ts";
import { stackFolder } from "../stack/stackFolder.ts";

export interface Resource {
  readonly urn: string;
  readonly type: string;
  /** Whether the stack only looks at it. */
  readonly external?: boolean;
  readonly inputs: Record<string, unknown> & { readonly kind?: string; readonly metadata?: { readonly name: string } };
}

interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What the stack has on its cluster. */
export async function resourcesOf(stack: Stack): Promise<Resource[]> {
  const args = ["stack", "export", "--stack", stack.name];
  const state = JSON.parse(await run("pulumi", args, { cwd: checkout, env: stack.env })) as {
    deployment: { resources: Resource[] };
  };
  return state.deployment.resources.filter(({ type, external }) => type.startsWith("kubernetes:") && external !== true);
}

export class ByHand {
  readonly #kubeconfig: string;
  readonly #folder: string;
  readonly #releases: readonly Release[];
  readonly #objects: readonly Resource["inputs"][];

  constructor(stack: string, kubeconfig: string, resources: readonly Resource[]) {
    this.#kubeconfig = kubeconfig;
    this.#folder = join(stackFolder(stack), "by-hand");
    mkdirSync(this.#folder, { recursive: true });
    const isRelease = ({ type }: Resource) => type === "kubernetes:helm.sh/v3:Release";
    this.#releases = resources.filter(isRelease).map(({ inputs }) => inputs as typeof inputs & Release);
    this.#objects = resources.filter((resource) => !isRelease(resource)).map(({ inputs }) => inputs);
  }

  /** helm and kubectl, one after the other. */
  async helmAndKubectl(): Promise<void> {
    await this.#namespaces();
    const helm = join(await helmFolder(), "helm");
    for (const { name, namespace, chart, values } of this.#releases) {
      const options = ["--kubeconfig", this.#kubeconfig, "-n", namespace, "-f", this.#write(name, values), "--wait"];
      await run(helm, ["install", name, chart, ...options], { env: { KUBECACHEDIR: join(this.#folder, "discovery") } });
    }
    await this.#rest();
  }

  /** istioctl with the same control plane and gateways, then kubectl. */
  async istioctlAndKubectl(): Promise<void> {
    await this.#namespaces();
    const { values: { global, meshConfig, pilot, telemetry } = {} } =
      this.#releases.find(({ name }) => name === "istiod") ?? {};
    const gateway = (way: string) => ({ name: `istio-${way}gateway`, namespace: `istio-${way}`, enabled: true });
    const file = this.#write("istio-operator", {
      apiVersion: "install.istio.io/v1alpha1",
      kind: "IstioOperator",
      spec: {
        profile: "empty",
        components: {
          ...{ base: { enabled: true }, pilot: { enabled: true } },
          ...{ ingressGateways: [gateway("ingress")], egressGateways: [gateway("egress")] },
        },
        // What else the chart takes, istioctl's own API does not know.
        values: { global, meshConfig, pilot, telemetry },
      },
    });
    const istioctl = join(await goPrograms("istio"), "istioctl");
    await run(istioctl, ["install", "--skip-confirmation", "--kubeconfig", this.#kubeconfig, "--filename", file]);
    await this.#rest();
  }

  async apply(name: string, objects: readonly unknown[]): Promise<void> {
    await this.#kubectl("apply", "-f", this.#write(name, { apiVersion: "v1", kind: "List", items: objects }));
  }

  rolledOut = (namespace: string, deployment: string) =>
    this.#kubectl("-n", namespace, "rollout", "status", `deployment/${deployment}`);

  #ofKind = (kind: string) => this.#objects.filter((object) => object.kind === kind);

  #namespaces = () => this.apply("namespaces", this.#ofKind("Namespace"));

  async #rest(): Promise<void> {
    await this.apply(
      "objects",
      this.#objects.filter(({ kind }) => kind !== "Namespace"),
    );
    for (const { metadata } of this.#ofKind("Deployment")) {
      const { name, namespace } = metadata as { name: string; namespace: string };
      await this.rolledOut(namespace, name);
    }
  }

  async #kubectl(...args: string[]): Promise<void> {
    await run(join(await goPrograms("kubernetes"), "kubectl"), kubectlArgs(this.#kubeconfig, ...args));
  }

  #write(name: string, content: unknown): string {
    const file = join(this.#folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
}
