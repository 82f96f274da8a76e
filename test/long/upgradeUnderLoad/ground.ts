// A mesh of the version before, with real proxies, on a testbed that has the charts and images of both versions.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cached, keyOf } from "../../../lib/cache.ts";
import { testbedDown, testbedUp } from "../../../testbed/cluster.ts";
import { goPrograms, istioModule, istioModuleBefore, programsEntry } from "../../../testbed/goPrograms.ts";
import { istioRecipes } from "../../../testbed/istioImages.ts";
import { importImages } from "../../../testbed/node/worker.ts";
import { testbedOverlay } from "../../../testbed/overlay.ts";
import { pack } from "../../../testbed/packImage.ts";
import { Clone, type Made } from "../../e2e/clone.ts";
import { Inside } from "../../e2e/insideCalls.ts";
import { packIstioCharts } from "../../e2e/istioCharts.ts";
import { SteadyLoad } from "../../e2e/steadyLoad.ts";

export const [BEFORE, AFTER] = ["1.30.0", "1.31.1"];
export const [OLD, NEW] = ["1-30-0", "1-31-1"];
/** Of which there are charts alone, and to which it is too far. */
export const TOO_FAR = "1.34.0";

const NAME = "upgrade";
const RATE = 200;
/**
 * Reached by the gateway, and itself a client of ratings. The version with black stars waits for those for ten seconds; the product
 * page gives up on others after three, which says more of how busy the machine is than of the mesh.
 */
const REVIEWS = "reviews.bookinfo.localhost";

/**
 * A pod that ends takes no more connections, of which its callers learn a moment later: requests that never arrived are sent
 * again. An end in the middle of an answer is none of these.
 */
const RETRIES = {
  attempts: 5,
  retryOn: "connect-failure,refused-stream,unavailable,cancelled,reset-before-request,503",
};

/** A gateway that goes serves for as long as the machine may take to notice. */
const DRAIN = { drainDuration: "25s", terminationDrainDuration: "20s" };

export class UpgradeGround {
  readonly clone: Clone;
  readonly inside: Inside;

  private constructor(clone: Clone, inside: Inside) {
    this.clone = clone;
    this.inside = inside;
  }

  static async of(): Promise<UpgradeGround> {
    const { instance, programs } = await testbedUp(NAME);
    const modules = {
      [BEFORE]: await istioModuleBefore(),
      [AFTER]: await istioModule(),
      [TOO_FAR]: await istioModule(),
    };
    const parts = {
      [BEFORE]: { ...programs, istio: await goPrograms("istio-before"), istioModule: modules[BEFORE] ?? "" },
      [AFTER]: programs,
    };
    for (const [version, { istio, ...others }] of Object.entries(parts)) {
      const recipes = Object.entries(istioRecipes({ ...others, istio }, version));
      const archives = recipes.map(([name, recipe]) =>
        cached(
          `images/${name}-${keyOf(version, programsEntry("istio"), programsEntry("istio-before"))}.tar`,
          (target) => pack(recipe, target),
        ),
      );
      await importImages(instance, programs, await Promise.all(archives));
    }
    const clone = await Clone.of({ KUBECONFIG: instance.kubeconfig });
    const charts = join(clone.folder, "istio-charts");
    mkdirSync(charts);
    for (const [version, module] of Object.entries(modules)) await packIstioCharts(module, version, charts);
    const { values } = testbedOverlay(instance, programs.istioModule)["mesh:istio"] as { values: { istiod: object } };
    clone.configure((config) => ({
      ...config,
      "mesh:observability": { enabled: false },
      "mesh:traffic": {
        reviews: { exposure: { hosts: [REVIEWS] }, subsets: { v2: {} }, routes: [{ to: { v2: 100 } }] },
      },
      "mesh:istio": {
        version: BEFORE,
        revision: OLD,
        tags: { stable: OLD },
        charts: { folder: charts },
        images: { hub: "local", pullPolicy: "IfNotPresent" },
        values: {
          // The tag of the images is that of the chart.
          istiod: { ...values.istiod, global: {}, meshConfig: { defaultHttpRetryPolicy: RETRIES } },
          ingressGateway: {
            podAnnotations: { "proxy.istio.io/config": JSON.stringify(DRAIN) },
            terminationGracePeriodSeconds: 35,
          },
        },
      },
    }));
    return new UpgradeGround(clone, new Inside(instance.kubeconfig));
  }

  async end(): Promise<void> {
    await this.clone.make("down");
    this.clone.remove();
    await testbedDown(NAME);
  }

  up(): Promise<Made> {
    return this.clone.make("up", "CONTEXT=testbed");
  }

  /** `make up`, and what is declared against real requests. */
  async upAndVerify(): Promise<void> {
    await this.clone.makeWell("up", "CONTEXT=testbed");
    await this.clone.makeWell("verify");
  }

  /** Edits `mesh:istio` in the stack file. */
  configure(istio: object): void {
    // YAML leaves out what is undefined.
    this.clone.configure((config) => ({ ...config, "mesh:istio": { ...(config["mesh:istio"] as object), ...istio } }));
  }

  get file(): string {
    return readFileSync(join(this.clone.folder, "Pulumi.local.yaml"), "utf8");
  }

  set file(text: string) {
    writeFileSync(join(this.clone.folder, "Pulumi.local.yaml"), text);
  }

  /** Applies the first of the pull requests that `make upgrade` prints; returns its title, or nothing at the end. */
  async nextStep(): Promise<string | undefined> {
    const { exitCode, output } = await this.clone.make("-s", "upgrade", `TO=${AFTER}`);
    if (exitCode !== 0) return output.includes("has Istio") ? undefined : output;
    const [, title = ""] = /^== \S+ (.*) ==$/m.exec(output) ?? [];
    const [diff = ""] = /^--- a\/[\s\S]*?(?=\n\nCheck:)/m.exec(output) ?? [];
    execFileSync("git", ["apply", "-"], { cwd: this.clone.folder, input: `${diff}\n` });
    return title;
  }

  /** Sets the key of the mesh's authority, as an operator does. */
  async setKey(key: string): Promise<void> {
    const set = "config set --secret --path mesh:istio.ca.secret.key";
    const { process, done } = this.clone.start("-s", "pulumi", `ARGS=${set}`);
    process.stdin?.end(key);
    const { exitCode, output } = await done;
    if (exitCode !== 0) throw new Error(output);
  }

  load(): SteadyLoad {
    const folder = dirname(this.inside.kubeconfig);
    const published = JSON.parse(readFileSync(join(folder, "published.json"), "utf8")) as Record<string, number>;
    const port = published["istio-ingress/istio-ingressgateway:80"] ?? NaN;
    return new SteadyLoad({ host: REVIEWS, port, path: "/reviews/0" }, RATE, () => ({}), {
      paths: ["/reviews/0"],
      excuse: "currently unavailable",
    });
  }

  /** Versions of the proxies in a namespace, each once. */
  async proxies(namespace: string): Promise<string[]> {
    const pods = await this.pods(namespace);
    const all = pods.flatMap(({ spec }) => [...spec.containers, ...(spec.initContainers ?? [])]);
    const images = all.filter(({ name }) => name === "istio-proxy").map(({ image }) => image.split(":").at(-1) ?? "");
    return [...new Set(images)];
  }

  async controlPlanes(): Promise<string[]> {
    const names = await this.inside.kubectl("-n", "istio-system", "get", "deployments", "-o", "name");
    return names.trim().split("\n").toSorted();
  }

  /** How many roots each proxy trusts, each number once. */
  async roots(): Promise<number[]> {
    const counts = new Set<number>();
    for (const namespace of ["bookinfo", "istio-ingress", "istio-egress"]) {
      for (const { metadata } of await this.pods(namespace)) {
        const ask = ["exec", metadata.name, "-c", "istio-proxy", "--", "curl", "-s", "127.0.0.1:15000/certs"];
        const { certificates } = JSON.parse(await this.inside.kubectl("-n", namespace, ...ask)) as Certificates;
        counts.add(Math.max(...certificates.map(({ ca_cert = [] }) => ca_cert.length)));
      }
    }
    return [...counts];
  }

  /** How many roots the control plane gives to Pods that come. */
  async rootsOfNewPods(): Promise<number> {
    const text = await this.inside.kubectl("-n", "bookinfo", "get", "configmap", "istio-ca-root-cert", "-o", "yaml");
    return text.split("-----BEGIN CERTIFICATE-----").length - 1;
  }

  /** Pods that are there to stay. */
  private async pods(namespace: string): Promise<readonly Pod[]> {
    const { items } = JSON.parse(await this.inside.kubectl("-n", namespace, "get", "pods", "-o", "json")) as {
      items: Pod[];
    };
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }
}

interface Certificates {
  readonly certificates: readonly { readonly ca_cert?: readonly unknown[] }[];
}

interface Container {
  readonly name: string;
  readonly image: string;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: readonly Container[]; readonly initContainers?: readonly Container[] };
}
