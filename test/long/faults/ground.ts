// A cluster that the tools take for one that the user has, and a checkout whose stack is on it.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../../lib/process.ts";
import { testbedDown, testbedUp } from "../../../testbed/cluster.ts";
import type { Instance } from "../../../testbed/instance.ts";
import { testbedOverlay } from "../../../testbed/overlay.ts";
import { publishedPorts } from "../../../testbed/publishedPorts.ts";
import type { Endpoint } from "../../../tools/mesh/page.ts";
import { Clone, type Made } from "../../e2e/clone.ts";
import { kubectlOn } from "../../e2e/kubectlOn.ts";
import { SteadyLoad } from "../../e2e/steadyLoad.ts";

const NAME = "faults";
export const CONTEXT = "CONTEXT=testbed";
const GATEWAY = "istio-ingress/istio-ingressgateway:80";

type Config = Record<string, unknown>;
interface Istio {
  readonly values?: object;
}

/** What a load has shown. */
export interface Load {
  readonly requests: number;
  readonly failures: readonly string[];
}

export class Ground {
  readonly instance: Instance;
  readonly clone: Clone;
  readonly kubernetes: string;
  readonly #settings: Config;
  readonly #base: Config;
  readonly #others: Clone[] = [];
  /** What the stack file says further, and what it said when it was applied last. */
  #written = "";
  #applied = "";
  readonly #folder = mkdtempSync(join(tmpdir(), "faults-"));

  private constructor(instance: Instance, kubernetes: string, clone: Clone, overlay: Config) {
    this.instance = instance;
    this.kubernetes = kubernetes;
    this.clone = clone;
    this.#settings = overlay;
    let base: Config = {};
    clone.configure((config) => (base = config));
    this.#base = base;
    this.configure();
  }

  static async make(): Promise<Ground> {
    const { instance, programs } = await testbedUp(NAME);
    const clone = await Clone.of({ KUBECONFIG: instance.kubeconfig });
    return new Ground(instance, programs.kubernetes, clone, testbedOverlay(instance, programs.istioModule));
  }

  async remove(): Promise<void> {
    for (const clone of [this.clone, ...this.#others]) clone.remove();
    rmSync(this.#folder, { recursive: true, force: true });
    await testbedDown(NAME);
  }

  /** Another checkout, with the same settings. */
  async another(env: NodeJS.ProcessEnv = {}): Promise<Clone> {
    const clone = await Clone.of({ KUBECONFIG: this.instance.kubeconfig, ...env });
    this.#others.push(clone);
    clone.configure(() => this.settings());
    return clone;
  }

  /** A folder that goes with the ground. */
  folder(name: string): string {
    return mkdtempSync(join(this.#folder, `${name}-`));
  }

  /** The stack file as it is without a fault, with further settings. */
  settings(more: Config = {}): Config {
    const istio = { ...(this.#base["mesh:istio"] as object), ...(this.#settings["mesh:istio"] as Istio) };
    const further = (more["mesh:istio"] ?? {}) as Istio;
    const values = { ...istio.values, ...further.values };
    const tools = { "mesh:observability": { enabled: false } };
    return { ...this.#base, ...tools, ...more, "mesh:istio": { ...istio, ...further, values } };
  }

  configure(more: Config = {}): void {
    this.clone.configure(() => this.settings(more));
    this.#written = JSON.stringify(more);
  }

  /** Where the charts of the tools are. */
  get charts(): object {
    return this.#settings["mesh:observability"] as object;
  }

  /** `make up`, which has to end well. */
  async up(...more: string[]): Promise<Made> {
    const made = await this.clone.makeWell("up", CONTEXT, ...more);
    this.#applied = this.#written;
    return made;
  }

  /** Has the mesh with these settings, unless it has them already. */
  async has(more: Config): Promise<void> {
    this.configure(more);
    if (this.#written !== this.#applied) await this.up();
  }

  /** Has the mesh there, or not. */
  async begin(withMesh: boolean): Promise<void> {
    const isThere = (await this.kubectl("get", "namespaces", "-o", "name")).includes("istio-system");
    const isOurs = existsSync(join(this.clone.folder, ".state/local/target.json"));
    if (withMesh && !isThere) await this.up();
    if (!withMesh && isThere && isOurs) await this.clone.makeWell("down");
  }

  kubectl(...args: string[]): Promise<string> {
    return kubectlOn(this.instance.kubeconfig, ...args);
  }

  /** A file that goes with the ground. */
  file(name: string, content: string): string {
    const file = join(this.folder(name), name);
    writeFileSync(file, content);
    return file;
  }

  async apply(object: object): Promise<void> {
    await this.kubectl("apply", "-f", this.file("object.json", JSON.stringify(object)));
  }

  endpoint(): Promise<Endpoint> {
    return until("the load balancer", 30, () => {
      const port = publishedPorts(this.instance)[GATEWAY];
      return port === undefined ? undefined : { host: "bookinfo.localhost", port, path: "/productpage" };
    });
  }

  /**
   * Does something while requests come in, and goes on for a while, until there were enough of them.
   * @param during is told how to see what has failed so far
   */
  async underLoad(
    perSecond: number,
    atLeast: number,
    during: (failures: () => readonly string[]) => Promise<void>,
  ): Promise<Load> {
    const load = new SteadyLoad(await this.endpoint(), perSecond);
    try {
      await until("the load", 30, () => load.count > perSecond);
      await during(() => load.failures);
      await until("enough requests", atLeast / perSecond + 60, () => load.count >= atLeast);
    } finally {
      await load.stop();
    }
    return { requests: load.count, failures: load.failures };
  }
}
