import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Mesh } from "../mesh";
import { owned } from "../ownership";
import type { Profile } from "../profile";
import { chartReference, officialCharts, type ChartName, type ChartSource } from "./charts";
import { gatewayValues, type GatewayScale, type GatewayType, type IngressGatewayArgs } from "./gatewayValues";
import { ISTIO_NAMESPACE } from "./namespace";
import { extensionProviders, type TracingProvider } from "../telemetry/providers";
import { baseValues, istiodValues, mergeValues, type ImagesArgs, type Values } from "./values";

export interface IstioArgs {
  /** Version of Istio, e.g. `1.31.1`; one for all its parts. */
  readonly version: string;

  /** How big the parts are and what they tell. */
  readonly profile: Profile;

  /** @default - Istio's own repository */
  readonly charts?: ChartSource;

  /** @default - the charts' own */
  readonly images?: ImagesArgs;

  readonly ingressGateway?: IngressGatewayArgs;

  /** @default - an egress gateway, as the demo profile of istioctl has one */
  readonly egressGateway?: GatewayScale & { readonly enabled?: boolean };

  /**
   * Whether every proxy logs its requests to its standard output.
   * @default - true in the demo profile, false in the production profile
   */
  readonly accessLog?: boolean;

  /** Share of the requests that are traced, in percent. It has an effect where a `Telemetry` names a provider. */
  readonly tracing?: {
    /** @default - 100 in the demo profile, 1 in the production profile */
    readonly sampling?: number;
  };

  /**
   * Collectors of spans, by the names under which a `Telemetry` asks for them.
   * @default - those of the chart's profile
   */
  readonly tracingProviders?: Readonly<Record<string, TracingProvider>>;

  /**
   * Longest time for each part to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number;

  /** Further values of the charts; they win over all of the above. */
  readonly values?: {
    readonly base?: Values;
    readonly istiod?: Values;
    readonly ingressGateway?: Values;
    readonly egressGateway?: Values;
  };
}

/** What an Istio `Gateway` needs to know about the pods that serve it. */
export interface GatewayWorkload {
  readonly namespace: string;
  readonly service: string;
  readonly type: GatewayType;
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Istio by its Helm charts: what `istioctl install --set profile=demo` gives, or a highly available control plane.
 *
 * The charts are Releases, since istiod and the API server change their objects; all that a user edits is a resource
 * of its own.
 */
export class Istio extends pulumi.ComponentResource implements Mesh {
  readonly controlPlane: pulumi.Resource;
  readonly proxyVersion: string;
  readonly ingressGateway: GatewayWorkload;

  readonly #name: string;
  readonly #args: IstioArgs;

  constructor(name: string, args: IstioArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:Istio", name, {}, options);
    this.#name = name;
    this.#args = args;
    const { profile, images = {}, ingressGateway = {}, egressGateway = {}, accessLog, tracing, values } = args;
    const { tracingProviders = {} } = args;
    this.proxyVersion = images.tag ?? args.version;

    const namespace = new k8s.core.v1.Namespace(
      `${name}-system`,
      { metadata: { name: ISTIO_NAMESPACE, annotations: owned } },
      { parent: this },
    );

    const base = this.#release("base", "istio-base", "base", [baseValues(), values?.base], namespace);

    const istiod = istiodValues({
      profile,
      images,
      ...(accessLog !== undefined && { accessLog }),
      ...(tracing?.sampling !== undefined && { sampling: tracing.sampling }),
      extensionProviders: extensionProviders(tracingProviders),
    });
    this.controlPlane = this.#release("istiod", "istiod", "istiod", [istiod, values?.istiod], base);

    // Istiod puts the image into the gateways' pods: one that is created earlier waits for an image "auto" for ever.
    const common = { profile, ...(images.pullPolicy && { pullPolicy: images.pullPolicy }) };
    const type = ingressGateway.type ?? "LoadBalancer";
    const ingress = gatewayValues({ ...ingressGateway, ...common, name: "istio-ingressgateway", type, inbound: true });
    this.#gateway("ingressgateway", [ingress, values?.ingressGateway]);
    if (egressGateway.enabled ?? true) {
      const { replicas, autoscaling } = egressGateway;
      const scale = { ...(replicas !== undefined && { replicas }), ...(autoscaling && { autoscaling }) };
      const egress = gatewayValues({
        ...scale,
        ...common,
        name: "istio-egressgateway",
        type: "ClusterIP",
        inbound: false,
      });
      this.#gateway("egressgateway", [egress, values?.egressGateway]);
    }

    this.ingressGateway = {
      namespace: ISTIO_NAMESPACE,
      service: "istio-ingressgateway",
      type,
      selector: { istio: "ingressgateway" },
    };
    this.registerOutputs({ ingressGateway: this.ingressGateway });
  }

  #gateway(suffix: string, values: readonly (Values | undefined)[]): void {
    this.#release(suffix, `istio-${suffix}`, "gateway", values, this.controlPlane);
  }

  #release(
    suffix: string,
    release: string,
    chart: ChartName,
    values: readonly (Values | undefined)[],
    dependsOn: pulumi.Resource,
  ): k8s.helm.v3.Release {
    const { charts = officialCharts, version, timeout = 300 } = this.#args;
    return new k8s.helm.v3.Release(
      `${this.#name}-${suffix}`,
      {
        // Without a name of its own the release gets a random one, and with it the label by which Gateways find it.
        name: release,
        namespace: ISTIO_NAMESPACE,
        createNamespace: false,
        ...chartReference(charts, chart, version),
        values: mergeValues(...values.filter((layer) => layer !== undefined)),
        timeout,
        // A first installation that failed leaves nothing that stands in the way of the next.
        atomic: true,
      },
      // Objects with fixed names can not be there twice.
      { parent: this, dependsOn, deleteBeforeReplace: true },
    );
  }
}
