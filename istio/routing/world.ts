// What a mesh declares, as far as it decides where a request goes.
import type { Labels } from "../labels.ts";
import type {
  AuthorizationPolicySpec,
  DestinationRuleSpec,
  GatewaySpec,
  PeerAuthenticationSpec,
  SidecarSpec,
  VirtualServiceSpec,
} from "../generated/specs.ts";

/** An object of the cluster, by which a person finds it. */
export interface Reference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** How to find an object, without what it says. */
export function named({ kind, namespace, name }: Reference): Reference {
  return { kind, namespace, name };
}

/** An object with what it says. */
export interface Declared<Spec> extends Reference {
  readonly spec: Spec;
  /** When it was made, in milliseconds since 1970. Of two that contradict each other the older one holds. */
  readonly created?: number | undefined;
  /** Whether something in it is not known yet, as in a preview; then what it decides is not known either. */
  readonly isOpen?: boolean;
}

export type VirtualService = Declared<VirtualServiceSpec>;
export type DestinationRule = Declared<DestinationRuleSpec>;
export type Gateway = Declared<GatewaySpec>;
export type Sidecar = Declared<SidecarSpec>;

/** Pods that are alike, such as those of a Deployment. */
export interface Workload extends Reference {
  readonly labels: Labels;
  /** Name of the account that its pods run as. */
  readonly serviceAccount: string;
  /** Whether its pods have a proxy of the mesh. */
  readonly isInMesh: boolean;
  /** Whether its pods are nothing but a proxy, as those of a gateway are. */
  readonly isGateway: boolean;
  /** How many pods, where that is known. */
  readonly replicas?: number | undefined;
}

export interface ServicePort {
  readonly number: number;
  /** `auto` where Istio finds it out by looking at the first bytes. */
  readonly protocol: "http" | "tcp" | "auto";
  /** Of the pods, where that is known. */
  readonly targetPort?: number | undefined;
}

/** What stands behind a service: pods, or an address outside of the cluster. */
export interface Backend {
  readonly labels: Labels;
  readonly workload?: Workload;
}

/** A host of the mesh's registry: a Service of Kubernetes, or one host of a ServiceEntry. */
export interface Service extends Reference {
  /** In full; that of a ServiceEntry may be a wildcard. */
  readonly hostname: string;
  readonly isKubernetes: boolean;
  readonly ports: readonly ServicePort[];
  /** Addresses under which clients may ask for it as well. */
  readonly addresses: readonly string[];
  /** Whether clients look up each pod of it by a name of its own. */
  readonly isHeadless: boolean;
  /** Namespaces that see it, `*` for all. */
  readonly scopes: ReadonlySet<string>;
  /** Undefined where it is not known what stands behind it. */
  readonly backends: readonly Backend[] | undefined;
  readonly created?: number | undefined;
}

export interface MeshSettings {
  readonly rootNamespace: string;
  readonly trustDomain: string;
  /** Whether what is not in the registry can be reached. */
  readonly outbound: "ALLOW_ANY" | "REGISTRY_ONLY";
  /** Namespaces that see a VirtualService or DestinationRule without `exportTo`, as the mesh config has it. */
  readonly defaultScopes: { readonly virtualService: readonly string[]; readonly destinationRule: readonly string[] };
}

export interface World {
  readonly mesh: MeshSettings;
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly sidecars: readonly Sidecar[];
  readonly peerAuthentications: readonly Declared<PeerAuthenticationSpec>[];
  readonly authorizationPolicies: readonly Declared<AuthorizationPolicySpec>[];
}

/** The order in which Istio reads objects: the oldest first, and those of one second by name. */
export function byAge(one: Declared<unknown>, other: Declared<unknown>): number {
  const seconds = ({ created = Number.MAX_SAFE_INTEGER }: Declared<unknown>) => Math.floor(created / 1000);
  return (
    seconds(one) - seconds(other) || alphabetical(one.name, other.name) || alphabetical(one.namespace, other.namespace)
  );
}

/** The order of texts that is the same on every machine. */
export const alphabetical = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Whether an object is visible in a namespace; `exportTo` may name it, `.` for its own, or `*`. */
export function isSeen(
  exportTo: readonly string[] | undefined,
  standard: readonly string[],
  own: string,
  from: string,
): boolean {
  const list = exportTo === undefined || exportTo.length === 0 ? standard : exportTo;
  if (list.length === 0 || list.includes("*")) return true;
  return list.some((to) => (to === "." ? own : to) === from);
}
