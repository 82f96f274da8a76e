import type * as pulumi from "@pulumi/pulumi";
import type { IpFamily } from "../ipFamily.ts";
import type { Profile } from "../profile.ts";
import type { AuthorizationProvider } from "../security/authorizationProviders.ts";
import type { TracingProvider } from "../telemetry/providers.ts";
import type { CaArgs } from "./ca/caArgs.ts";
import type { ChartSource } from "./charts.ts";
import type { GatewayMove, GatewayScale, GatewayType, IngressGatewayArgs } from "./gatewayValues.ts";
import type { Pins } from "./pinnedImages.ts";
import type { RevisionsArgs } from "./revisions.ts";
import type { ImagesArgs, Values } from "./values.ts";

export interface IstioArgs extends RevisionsArgs {
  /** Version of Istio, e.g. `1.31.1`; one for all its parts. */
  readonly version: string;

  /** How big the parts are and what they tell. */
  readonly profile: Profile;

  /**
   * What pods have addresses of, as the cluster has it.
   * @default "ipv4"
   */
  readonly ipFamily?: IpFamily;

  /**
   * Where the charts come from.
   * @default - Istio's own repository
   */
  readonly charts?: ChartSource;

  /**
   * Where the images come from.
   * @default - the charts' own
   */
  readonly images?: ImagesArgs;

  /**
   * Digests of the images, by their names with their tags, e.g. `registry.istio.io/release/pilot:1.31.1`.
   * @default {}
   */
  readonly pins?: Pins;

  /**
   * Who signs the certificates of the mesh.
   * @default - the control plane, by a root that it makes itself and that nobody else knows
   * @see https://istio.io/latest/docs/tasks/security/cert-management/
   */
  readonly ca?: CaArgs;

  readonly ingressGateway?: IngressGatewayArgs;

  /**
   * The gateway through which requests leave the mesh.
   * @default - an egress gateway, as the demo profile of istioctl has one
   */
  readonly egressGateway?: GatewayScale &
    GatewayMove & {
      /**
       * Whether there is one.
       * @default true
       */
      readonly enabled?: boolean;
    };

  /**
   * Whether every proxy logs its requests to its standard output.
   * @default - true in the demo profile, false in the production profile
   */
  readonly accessLog?: boolean;

  /**
   * Whether an agent on each node sets up the network of pods, instead of a privileged container in each pod.
   * @default false
   * @see https://istio.io/latest/docs/setup/additional-setup/cni/
   */
  readonly cni?: boolean;

  /**
   * Whether pods of the mesh take plain text from those who have no sidecar; narrower `PeerAuthentication`s may say otherwise.
   * @default - STRICT in the production profile; Istio's own default, PERMISSIVE, in the demo profile
   * @see https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/
   */
  readonly mtls?: "STRICT" | "PERMISSIVE";

  /** Share of the requests that are traced, in percent. It has an effect where a `Telemetry` names a provider. */
  readonly tracing?: {
    /**
     * Share of the requests, in percent.
     * @default - 100 in the demo profile, 1 in the production profile
     */
    readonly sampling?: number;
  };

  /**
   * Collectors of spans, by the names under which a `Telemetry` asks for them.
   * @default - those of the chart's profile
   */
  readonly tracingProviders?: Readonly<Record<string, TracingProvider>>;

  /**
   * Services of your own that decide whether requests may pass, by the names under which an `AuthorizationPolicy` asks for them.
   * @default {}
   * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
   */
  readonly extensionProviders?: Readonly<Record<string, AuthorizationProvider>>;

  /**
   * Longest time for each part to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number;

  /** Further values of the charts; they win over all of the above. */
  readonly values?: {
    /**
     * Values of the chart `base`.
     * @see https://github.com/istio/istio/blob/master/manifests/charts/base/values.yaml
     */
    readonly base?: Values;
    /**
     * Values of the chart `istiod`.
     * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/values.yaml
     */
    readonly istiod?: Values;
    /**
     * Values of the chart `cni`.
     * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-cni/values.yaml
     */
    readonly cni?: Values;
    /**
     * Values of the chart `gateway` for the ingress gateway.
     * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml
     */
    readonly ingressGateway?: Values;
    /**
     * Values of the chart `gateway` for the egress gateway.
     * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml
     */
    readonly egressGateway?: Values;
  };
}

/** What an Istio `Gateway` needs to know about the pods that serve it. */
export interface GatewayWorkload {
  readonly namespace: string;
  readonly service: string;
  readonly type: GatewayType;
  readonly selector: Readonly<Record<string, string>>;
  /** Host name or IP address of its load balancer, where it has one. */
  readonly address?: pulumi.Output<string | undefined>;
}
