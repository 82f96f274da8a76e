import { istioKinds } from "./generated/kinds.ts";

/** A kind of Istio's own. */
export type IstioKind = keyof typeof istioKinds;

export function isIstioKind(kind: string): kind is IstioKind {
  return Object.hasOwn(istioKinds, kind);
}

/** The version of its API in which to write an object: `v1`, where there is one. */
export function apiVersionOf(kind: IstioKind): string {
  const { group, versions } = istioKinds[kind];
  return `${group}/${versions[0]}`;
}

/** Kinds of others that rules look at, by API group, as Pulumi's type tokens write the groups. */
const OTHERS = {
  // A Gateway of the Gateway API is K8sGateway here, as Kiali calls it: the other Gateway is Istio's.
  "gateway.networking.k8s.io": [
    "BackendTLSPolicy",
    "GatewayClass",
    "GRPCRoute",
    "HTTPRoute",
    "K8sGateway",
    "ListenerSet",
    "ReferenceGrant",
    "TCPRoute",
    "TLSRoute",
    "UDPRoute",
    "XListenerSet",
  ],
  "inference.networking.k8s.io": ["InferencePool"],
  core: [
    "ConfigMap",
    "Endpoints",
    "Namespace",
    "Node",
    "Pod",
    "ReplicationController",
    "Secret",
    "Service",
    "ServiceAccount",
  ],
  apps: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  "argoproj.io": ["Rollout"],
  batch: ["CronJob", "Job"],
  "admissionregistration.k8s.io": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  "apiextensions.k8s.io": ["CustomResourceDefinition"],
  policy: ["PodDisruptionBudget"],
  autoscaling: ["HorizontalPodAutoscaler"],
  "networking.k8s.io": ["Ingress", "IngressClass", "NetworkPolicy"],
  "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "helm.sh": ["Release"],
  // No object of a cluster, but a part of Istio's configuration: see model/meshConfig.ts.
  mesh: ["MeshNetworks"],
} as const;

export type KubernetesKind = IstioKind | (typeof OTHERS)[keyof typeof OTHERS][number];

/** A kind of the Gateway API. */
export type GatewayApiKind = (typeof OTHERS)["gateway.networking.k8s.io"][number];

export const gatewayApiKinds: readonly GatewayApiKind[] = OTHERS["gateway.networking.k8s.io"];

/** Groups of Kubernetes itself, by the names that manifests have, each with the versions that it serves of the kinds above. */
const BUILT_IN = {
  "": ["core", ["v1"]],
  "admissionregistration.k8s.io": ["admissionregistration.k8s.io", ["v1"]],
  "apiextensions.k8s.io": ["apiextensions.k8s.io", ["v1"]],
  apps: ["apps", ["v1"]],
  autoscaling: ["autoscaling", ["v2", "v1"]],
  batch: ["batch", ["v1"]],
  "networking.k8s.io": ["networking.k8s.io", ["v1"]],
  policy: ["policy", ["v1"]],
  "rbac.authorization.k8s.io": ["rbac.authorization.k8s.io", ["v1"]],
} as const satisfies Readonly<Record<string, readonly [keyof typeof OTHERS, readonly string[]]>>;

/** Kinds of Kubernetes itself, by group as a manifest has it; the core group's is empty. */
export const builtInKinds: ReadonlyMap<
  string,
  { readonly kinds: readonly KubernetesKind[]; readonly versions: readonly string[] }
> = new Map(Object.entries(BUILT_IN).map(([group, [named, versions]]) => [group, { kinds: OTHERS[named], versions }]));

/** The group that a manifest's `apiVersion` is of: empty for that of the core group. */
export function groupOf(apiVersion: string): string {
  return /^v\d/.test(apiVersion) && !apiVersion.includes("/") ? "" : (apiVersion.split("/")[0] ?? "");
}

/** Istio's kinds and those of the Gateway API. */
export const kindsByGroup: ReadonlyMap<string, readonly KubernetesKind[]> = new Map<string, readonly KubernetesKind[]>([
  ...[...new Set(Object.values(istioKinds).map(({ group }) => group))].map((group) => [group, kindsOf(group)] as const),
  ["gateway.networking.k8s.io", gatewayApiKinds],
]);

function kindsOf(group: string): readonly IstioKind[] {
  return (Object.keys(istioKinds) as IstioKind[]).filter((kind) => istioKinds[kind].group === group);
}

/** A kind of Kubernetes object, or, for the resources of the cloud below it, Pulumi's type token. */
export type Kind = KubernetesKind | `aws:${string}` | `eks:${string}`;

/** Kinds of objects that are in no namespace. */
const CLUSTER_WIDE: ReadonlySet<Kind> = new Set<Kind>([
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "GatewayClass",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "ValidatingWebhookConfiguration",
]);

const BY_GROUP: ReadonlyMap<string, KubernetesKind> = new Map([
  ...Object.entries(istioKinds).map(([kind, { group }]) => [`${group}:${kind}`, kind as IstioKind] as const),
  ...Object.entries(OTHERS).flatMap(([group, kinds]) =>
    kinds.map((kind) => [`${group}:${nameOf(kind)}`, kind] as const),
  ),
]);

/** The kind behind a Pulumi type token, e.g. `kubernetes:networking.istio.io/v1:VirtualService`, in any version of its API. */
export function kindOf(type: string): Kind | undefined {
  // Each rule asks of each resource.
  if (!known.has(type)) known.set(type, read(type));
  return known.get(type);
}

const known = new Map<string, Kind | undefined>();

function read(type: string): Kind | undefined {
  if (type.startsWith("aws:") || type.startsWith("eks:")) return type as Kind;
  const [, group = "", kind = ""] = /^[^:]+:([^/:]+)\/[^/:]+:([^:]+)$/.exec(type) ?? [];
  return BY_GROUP.get(`${group}:${kind}`);
}

/** Groups by Pulumi's name that no manifest has. */
const NO_GROUPS = new Set(["core", "helm.sh", "mesh"]);

/** The kind of a manifest, in any version of its API. */
export function kindOfManifest(apiVersion: string, kind: string): KubernetesKind | undefined {
  const [group = "", version] = apiVersion.split("/");
  if (version === undefined) return BY_GROUP.get(`core:${kind}`);
  return NO_GROUPS.has(group) ? undefined : BY_GROUP.get(`${group}:${kind}`);
}

/** What a manifest calls the kind. */
export function nameOf(kind: string): string {
  return kind === "K8sGateway" ? "Gateway" : kind;
}

/** Whether objects of the kind are in a namespace. */
export function isNamespaced(kind: Kind): boolean {
  return !kind.includes(":") && !CLUSTER_WIDE.has(kind);
}
