// A mesh with the tools that look at it.
import { KubeConfig } from "@kubernetes/client-node";
import type { AddonPlace } from "../../components/observability/addon.ts";
import { until } from "../../lib/process.ts";
import { publish } from "../../lib/publish.ts";
import { fetchPage, type Endpoint } from "../../tools/mesh/page.ts";
import { podConnections } from "../../tools/mesh/podConnection.ts";
import { jaegerAt, wholeTrace } from "../../tools/trace/jaeger.ts";
import { tracedRequest } from "../../tools/trace/request.ts";
import { pathsOf } from "../../tools/trace/tree.ts";
import { Clone } from "./clone.ts";
import { Inside } from "./insideCalls.ts";

export const GATEWAY = "istio-ingressgateway.istio-ingress";

/** The ways of a request for the page, where it meets a version of reviews that asks for ratings. */
export const WAYS = [
  [GATEWAY, "productpage.bookinfo", "details.bookinfo"],
  [GATEWAY, "productpage.bookinfo", "reviews.bookinfo", "ratings.bookinfo"],
];

type Places = Record<"prometheus" | "grafana" | "jaeger" | "kiali", AddonPlace>;
type Read = Awaited<ReturnType<typeof jaegerAt>>;

export class ObservedMesh {
  readonly clone: Clone;
  readonly endpoint: Endpoint;
  readonly inside: Inside;
  readonly places: Places;
  private readonly config: KubeConfig;
  private readonly read: Read;
  private readonly settings: Record<string, unknown>;

  private constructor(
    clone: Clone,
    endpoint: Endpoint,
    inside: Inside,
    places: Places,
    config: KubeConfig,
    read: Read,
    settings: Record<string, unknown>,
  ) {
    this.clone = clone;
    this.endpoint = endpoint;
    this.inside = inside;
    this.places = places;
    this.config = config;
    this.read = read;
    this.settings = settings;
  }

  static async up(): Promise<ObservedMesh> {
    const clone = await Clone.of();
    let settings: Record<string, unknown> = {};
    clone.configure((config) => (settings = config));
    await clone.makeWell("up");
    const config = new KubeConfig();
    config.loadFromFile(clone.kubeconfig);
    const outputs = (await clone.pulumi("stack output --json")).stdout;
    const places = (JSON.parse(outputs) as { observability: Places }).observability;
    const inside = new Inside(clone.kubeconfig);
    const read = await jaegerAt(config, places.jaeger);
    return new ObservedMesh(clone, await clone.endpoint(), inside, places, config, read, settings);
  }

  async down(): Promise<void> {
    await this.clone.make("down");
    this.clone.remove();
  }

  /** Puts further settings on the stack. */
  async up(settings: Record<string, unknown> = {}): Promise<string> {
    this.clone.configure(() => ({ ...this.settings, ...settings }));
    return (await this.clone.makeWell("up")).output;
  }

  /** A port of this machine at which the tool answers. */
  published({ namespace, service, port }: AddonPlace): Promise<number> {
    return publish(20_100, podConnections(this.config, namespace, service, port));
  }

  /** The ways of one request, once it met a version of reviews that asks for ratings. */
  async ways(dialect: "w3c" | "b3"): Promise<string[][]> {
    return until("a page with stars", 240, async () => {
      const { id, headers } = tracedRequest([dialect]);
      const { body } = await fetchPage(this.endpoint, 10_000, headers);
      if (!/reviews-v[23]-/.test(body)) return undefined;
      return pathsOf(await wholeTrace(this.read, id));
    });
  }
}
