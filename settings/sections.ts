import type { ApplicationData } from "../components/application/service.ts";
import type { BookinfoSection } from "../components/bookinfo/bookinfoSchema.ts";
import type { ClusterSection } from "../components/cluster/clusterSchema.ts";
import type { ImagesSection } from "./images.ts";
import type { IstioSection } from "../components/istio/schema/istio.ts";
import type { ObservabilitySection } from "../components/observability/observabilitySchema.ts";
import type { Profile } from "../components/profile.ts";
import type { SecuritySection } from "../components/security/securitySection.ts";
import type { TelemetrySection } from "../components/telemetry/telemetrySchema.ts";
import type { RateLimitServiceOptions } from "../components/traffic/rateLimit/service/serviceOptions.ts";
import type { HostTrafficSection } from "../components/traffic/hostTrafficOptions.ts";
import type { Scope } from "./scope.ts";

/**
 * All that a stack file can say about this project, each key with `mesh:` before it. The documents and the JSON Schema of
 * stack files are made from what stands here and in the types of the sections.
 */
export interface Sections {
  /**
   * How big everything is: `demo` is small and shows everything; in `production` every part is there twice or more.
   * @default "demo"
   */
  readonly profile?: Profile;

  /**
   * How much of the project the stack is: `all`, or `cluster` for a cluster alone, which other stacks name as their
   * `stackReference`.
   * @default "all"
   */
  readonly scope?: Scope;

  /**
   * The cluster: one that is there (`kubeconfig`, `context`), one to be made (`eks`), or one that another stack made
   * (`stackReference`). See docs/eks.md.
   * @default - kubectl's current context
   */
  readonly cluster?: ClusterSection;

  /**
   * Istio: its version, the source of its charts and images, revisions, istio-cni, the gateways and their load balancer,
   * access log, tracing and further chart values.
   * @see https://istio.io/latest/docs/setup/
   */
  readonly istio?: IstioSection;

  /**
   * What holds for the images of all parts: their digests. See docs/supply-chain.md.
   */
  readonly images?: ImagesSection;

  /**
   * Istio's sample application: its namespace, hosts and images, its client pod, a database for ratings; enabled or not.
   * @see https://istio.io/latest/docs/examples/bookinfo/
   */
  readonly bookinfo?: BookinfoSection;

  /**
   * Applications of your own in the mesh, by name: their services with versions, ports and images.
   * @default {}
   */
  readonly applications?: Readonly<Record<string, ApplicationData>>;

  /**
   * What happens to the requests for a host, by host: versions, routes, weights, faults and limits. See docs/traffic.md.
   * @default {}
   * @see https://istio.io/latest/docs/concepts/traffic-management/
   */
  readonly traffic?: Readonly<Record<string, HostTrafficSection>>;

  /**
   * Files with further hosts, or patterns such as `traffic/*.yaml`, relative to the folder of Pulumi.yaml. Each file is a map
   * like `mesh:traffic`.
   * @default []
   */
  readonly trafficFiles?: readonly string[];

  /**
   * The service that counts requests for every `rateLimit` with `scope: mesh`; it is there where such a limit is. See
   * docs/traffic.md.
   * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#global-rate-limit
   */
  readonly rateLimitService?: RateLimitServiceOptions;

  /**
   * Who may call whom, with what proof: mutual TLS, authorization, tokens, hosts outside. See docs/security.md.
   * @see https://istio.io/latest/docs/concepts/security/
   */
  readonly security?: SecuritySection;

  /**
   * What proxies report: traces and access logs, for the mesh and by namespace, and collectors of your own. See
   * docs/observability.md.
   * @see https://istio.io/latest/docs/tasks/observability/telemetry/
   */
  readonly telemetry?: TelemetrySection;

  /**
   * The tools that look at the mesh, such as Grafana and Kiali, each on or off, with their storage, logins and exposure. They
   * are on in the demo profile. See docs/observability.md.
   */
  readonly observability?: ObservabilitySection;

  /**
   * A ready-made set of traffic settings for Bookinfo, such as `reviews-80-20`. What `mesh:traffic` says about a host wins.
   * @default "none"
   */
  readonly scenario?: string;
}
