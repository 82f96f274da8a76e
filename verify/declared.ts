// What a stack declares about traffic: the objects in its state, as far as the checks read them.
import type {
  AuthorizationPolicySpec,
  DestinationRuleSpec,
  EnvoyFilterSpec,
  GatewaySpec,
  IstioSpecs,
  PeerAuthenticationSpec,
  ServiceEntrySpec,
  SidecarSpec,
  VirtualServiceSpec,
} from "../istio/generated/specs.ts";
import { apiVersionOf, type IstioKind } from "../istio/kinds.ts";
import type { Labels } from "../istio/labels.ts";
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

export type VirtualService = Declaration<VirtualServiceSpec>;
export type DestinationRule = Declaration<DestinationRuleSpec>;
export type Gateway = Declaration<GatewaySpec>;
export type PeerAuthentication = Declaration<PeerAuthenticationSpec>;
export type AuthorizationPolicy = Declaration<AuthorizationPolicySpec>;
export type Sidecar = Declaration<SidecarSpec>;
export type ServiceEntry = Declaration<ServiceEntrySpec>;
export type EnvoyFilter = Declaration<EnvoyFilterSpec>;

export type Service = Declaration<{
  readonly selector?: Labels;
  readonly ports?: readonly {
    readonly name?: string;
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

export interface ConfigMap {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
}

export interface Declared {
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly peerAuthentications: readonly PeerAuthentication[];
  readonly authorizationPolicies: readonly AuthorizationPolicy[];
  readonly sidecars: readonly Sidecar[];
  readonly serviceEntries: readonly ServiceEntry[];
  readonly envoyFilters: readonly EnvoyFilter[];
  readonly services: readonly Service[];
  readonly deployments: readonly Deployment[];
  readonly configMaps: readonly ConfigMap[];
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

const READ: readonly string[] = [
  "VirtualService",
  "DestinationRule",
  "Gateway",
  "ServiceEntry",
  "EnvoyFilter",
  "PeerAuthentication",
  "AuthorizationPolicy",
  "Sidecar",
] satisfies IstioKind[];
const ABOUT_TRAFFIC =
  /(networking|security|extensions)\.istio\.io\/|^kubernetes:networking\.k8s\.io\/v1:Ingress$|^kubernetes:route\.openshift\.io\//;

export function declaredIn(resources: readonly Resource[]): Declared {
  // One that is about to be deleted has been replaced.
  const there = resources.filter((resource) => resource.delete !== true && resource.external !== true);
  const of = <Kind>(type: string) =>
    there.filter((resource) => resource.type === `kubernetes:${type}`).map(({ inputs }) => inputs as Kind);
  const ofIstio = <Kind extends IstioKind>(kind: Kind) =>
    of<Declaration<IstioSpecs[Kind]>>(`${apiVersionOf(kind)}:${kind}`);
  return {
    virtualServices: ofIstio("VirtualService"),
    destinationRules: ofIstio("DestinationRule"),
    gateways: ofIstio("Gateway"),
    peerAuthentications: ofIstio("PeerAuthentication"),
    authorizationPolicies: ofIstio("AuthorizationPolicy"),
    sidecars: ofIstio("Sidecar"),
    serviceEntries: ofIstio("ServiceEntry"),
    envoyFilters: ofIstio("EnvoyFilter"),
    services: of<Service>("core/v1:Service"),
    deployments: of<Deployment>("apps/v1:Deployment"),
    configMaps: of<ConfigMap>("core/v1:ConfigMap"),
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

/** `namespace/name` of an object. */
export const refOf = ({ metadata }: Declaration<unknown>): string => `${metadata.namespace}/${metadata.name}`;
