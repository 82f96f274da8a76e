// What a stack declares about traffic: the objects in its state, as far as the checks read them.
import { run } from "../lib/run.ts";
import { checkout } from "../tools/stack/checkout.ts";
import type { Stack } from "../tools/stack/stack.ts";

export interface Declaration<Spec> {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Spec;
}

export type StringMatch = Readonly<Partial<Record<"exact" | "prefix" | "regex", string>>>;
type Matches = Readonly<Record<string, StringMatch>>;
type Labels = Readonly<Record<string, string>>;

export interface HttpMatch {
  readonly uri?: StringMatch;
  readonly ignoreUriCase?: boolean;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly scheme?: StringMatch;
  readonly headers?: Matches;
  readonly withoutHeaders?: Matches;
  readonly queryParams?: Matches;
  readonly port?: number;
  readonly gateways?: readonly string[];
  readonly sourceLabels?: Labels;
  readonly sourceNamespace?: string;
}

export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: { readonly number: number };
}

interface Share {
  readonly value: number;
}

interface HeaderOperations {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

export interface HttpRoute {
  readonly name?: string;
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly {
    readonly destination: Destination;
    readonly weight?: number;
    readonly headers?: unknown;
  }[];
  readonly redirect?: { readonly uri?: string; readonly authority?: string; readonly redirectCode?: number };
  readonly directResponse?: { readonly status: number };
  readonly timeout?: string;
  readonly retries?: { readonly attempts: number; readonly perTryTimeout?: string; readonly retryOn?: string };
  readonly fault?: {
    readonly delay?: { readonly fixedDelay: string; readonly percentage?: Share };
    readonly abort?: { readonly httpStatus?: number; readonly grpcStatus?: string; readonly percentage?: Share };
  };
  readonly mirrors?: readonly { readonly destination: Destination; readonly percentage?: Share }[];
  readonly rewrite?: object;
  readonly headers?: { readonly request?: HeaderOperations; readonly response?: HeaderOperations };
  readonly corsPolicy?: object;
}

export type VirtualService = Declaration<{
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRoute[];
  readonly tcp?: readonly unknown[];
  readonly tls?: readonly unknown[];
}>;

export interface TrafficPolicy {
  readonly loadBalancer?: {
    readonly simple?: string;
    readonly consistentHash?: {
      readonly httpHeaderName?: string;
      readonly httpCookie?: { readonly name: string; readonly ttl?: string };
      readonly useSourceIp?: boolean;
      readonly httpQueryParameterName?: string;
    };
  };
  readonly connectionPool?: {
    readonly tcp?: { readonly maxConnections?: number };
    readonly http?: { readonly http1MaxPendingRequests?: number; readonly http2MaxRequests?: number };
  };
  readonly outlierDetection?: {
    readonly consecutive5xxErrors?: number;
    readonly consecutiveGatewayErrors?: number;
    readonly interval?: string;
    readonly baseEjectionTime?: string;
    readonly maxEjectionPercent?: number;
  };
}

export type DestinationRule = Declaration<{
  readonly host: string;
  readonly trafficPolicy?: TrafficPolicy;
  readonly subsets?: readonly {
    readonly name: string;
    readonly labels?: Labels;
    readonly trafficPolicy?: TrafficPolicy;
  }[];
}>;

export type Gateway = Declaration<{
  readonly selector?: Labels;
  readonly servers: readonly {
    readonly port: { readonly number: number; readonly protocol: string };
    readonly hosts: readonly string[];
    readonly tls?: { readonly mode?: string; readonly credentialName?: string; readonly httpsRedirect?: boolean };
  }[];
}>;

export type PeerAuthentication = Declaration<{
  readonly selector?: { readonly matchLabels?: Labels };
  readonly mtls?: { readonly mode?: string };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: string }>>;
}>;

export type ServiceEntry = Declaration<{
  readonly hosts: readonly string[];
  readonly ports: readonly { readonly number: number; readonly protocol: string }[];
  readonly resolution?: string;
}>;

interface TokenBucket {
  readonly max_tokens: number;
  readonly tokens_per_fill: number;
  readonly fill_interval: string;
}

export type EnvoyFilter = Declaration<{
  readonly workloadSelector?: { readonly labels?: Labels };
  readonly configPatches: readonly {
    readonly patch: { readonly value?: { readonly typed_config?: { readonly token_bucket?: TokenBucket } } };
  }[];
}>;

export type Service = Declaration<{
  readonly selector?: Labels;
  readonly ports?: readonly {
    readonly port: number;
    readonly targetPort?: number | string;
    readonly appProtocol?: string;
  }[];
}>;

export type Deployment = Declaration<{
  readonly template: {
    readonly metadata: { readonly labels?: Labels };
    readonly spec: {
      readonly containers: readonly { readonly readinessProbe?: { readonly httpGet?: { readonly path?: string } } }[];
    };
  };
}>;

export interface Declared {
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly peerAuthentications: readonly PeerAuthentication[];
  readonly serviceEntries: readonly ServiceEntry[];
  readonly envoyFilters: readonly EnvoyFilter[];
  readonly services: readonly Service[];
  readonly deployments: readonly Deployment[];
  /** Objects about traffic of kinds that no check reads. */
  readonly others: readonly Declaration<unknown>[];
  /** Whether only declared hosts may be called outside the mesh. */
  readonly registryOnly: boolean;
}

export interface Resource {
  readonly type: string;
  readonly inputs?: unknown;
  readonly delete?: boolean;
  /** Whether the stack only looks at it: somebody else has made it. */
  readonly external?: boolean;
}

/** What the stack's state holds, as it was declared at the last `up`. */
export async function declaredOf(stack: Stack): Promise<Declared> {
  const args = ["stack", "export", "--stack", stack.name];
  const state = JSON.parse(await run("pulumi", args, { cwd: checkout, env: stack.env })) as {
    deployment?: { resources?: readonly Resource[] };
  };
  return declaredIn(state.deployment?.resources ?? []);
}

const READ = ["VirtualService", "DestinationRule", "Gateway", "ServiceEntry", "EnvoyFilter", "PeerAuthentication"];
const ABOUT_TRAFFIC =
  /(networking|security|extensions)\.istio\.io\/|^kubernetes:networking\.k8s\.io\/v1:Ingress$|^kubernetes:route\.openshift\.io\//;

export function declaredIn(resources: readonly Resource[]): Declared {
  // One that is about to be deleted has been replaced.
  const there = resources.filter((resource) => resource.delete !== true && resource.external !== true);
  const of = <Kind>(type: string) =>
    there.filter((resource) => resource.type === `kubernetes:${type}`).map(({ inputs }) => inputs as Kind);
  return {
    virtualServices: of<VirtualService>("networking.istio.io/v1:VirtualService"),
    destinationRules: of<DestinationRule>("networking.istio.io/v1:DestinationRule"),
    gateways: of<Gateway>("networking.istio.io/v1:Gateway"),
    peerAuthentications: of<PeerAuthentication>("security.istio.io/v1:PeerAuthentication"),
    serviceEntries: of<ServiceEntry>("networking.istio.io/v1:ServiceEntry"),
    envoyFilters: of<EnvoyFilter>("networking.istio.io/v1alpha3:EnvoyFilter"),
    services: of<Service>("core/v1:Service"),
    deployments: of<Deployment>("apps/v1:Deployment"),
    others: there
      .filter(({ type }) => ABOUT_TRAFFIC.test(type) && !READ.includes(type.split(":").at(-1) ?? ""))
      .map(({ inputs }) => inputs as Declaration<unknown>),
    registryOnly: of<Release>("helm.sh/v3:Release").some(
      ({ values }) => values?.meshConfig?.outboundTrafficPolicy?.mode === "REGISTRY_ONLY",
    ),
  };
}

interface Release {
  readonly values?: { readonly meshConfig?: { readonly outboundTrafficPolicy?: { readonly mode?: string } } };
}

/** Seconds of a duration such as `1h30m`, `7s` or `500ms`. */
export function secondsOf(duration: string): number {
  const units = { h: 3600, m: 60, s: 1, ms: 0.001 };
  let seconds = 0;
  for (const [, number, unit] of duration.matchAll(/([\d.]+)(ms|h|m|s)/g)) {
    seconds += Number(number) * units[unit as keyof typeof units];
  }
  return seconds;
}

/** `namespace/name` of an object. */
export const refOf = ({ metadata }: Declaration<unknown>): string => `${metadata.namespace}/${metadata.name}`;
