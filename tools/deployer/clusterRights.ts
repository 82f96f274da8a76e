// What whoever deploys asks of the API server of a cluster, by what asks for it. A run on a real one holds it to this list.

/** A rule of a ClusterRole. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const rule = (apiGroup: string, resources: readonly string[], verbs: readonly string[]): Rule => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});

/** Helm looks an object up, applies it and deletes it; to apply one that is not there yet takes both verbs. */
const OF_HELM = ["get", "create", "patch", "delete"];

/** The plugin of Kubernetes does the same, and watches each object that it makes until it is ready, or until it is gone. */
const OWN = [...OF_HELM, "list", "watch"];

/** What the engine and Helm do. */
export const DEPLOY: readonly Rule[] = [
  rule("", ["configmaps", "namespaces", "serviceaccounts", "services"], OWN),
  // Helm keeps each state of a release in a Secret, and looks for the newest.
  rule("", ["secrets"], [...OWN, "update"]),
  rule("apps", ["deployments"], OWN),
  rule("autoscaling", ["horizontalpodautoscalers"], OF_HELM),
  rule("policy", ["poddisruptionbudgets"], OWN),
  rule("networking.k8s.io", ["ingresses", "networkpolicies"], OWN),
  rule("rbac.authorization.k8s.io", ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], OF_HELM),
  rule("admissionregistration.k8s.io", ["mutatingwebhookconfigurations"], OWN),
  rule("admissionregistration.k8s.io", ["validatingwebhookconfigurations"], OF_HELM),
  // Istio's chart leaves them, since others may use them.
  rule("apiextensions.k8s.io", ["customresourcedefinitions"], ["get", "create", "patch"]),
  rule(
    "networking.istio.io",
    [
      ...["destinationrules", "envoyfilters", "gateways", "serviceentries", "sidecars"],
      ...["virtualservices", "workloadentries"],
    ],
    OWN,
  ),
  rule("security.istio.io", ["authorizationpolicies", "peerauthentications", "requestauthentications"], OWN),
  rule("telemetry.istio.io", ["telemetries"], OWN),
  // Whether what was applied has become ready, and why not. The plugin looks at claims for every Deployment.
  rule("", ["endpoints", "events", "persistentvolumeclaims", "pods"], ["list", "watch"]),
  rule("apps", ["replicasets"], ["list", "watch"]),
  // The stand-in for the plugin looks here, as Kubernetes advises.
  rule("discovery.k8s.io", ["endpointslices"], ["list"]),
];

/**
 * What the commands do beside it: `make up` looks for room on the nodes, for a page, and for a webhook of Istio's that nothing answers
 * for, `make status` asks proxies for their certificates, `make verify` sends requests, also from a Pod of its own without a sidecar,
 * `make dashboards` opens the tools.
 */
export const MEASURE: readonly Rule[] = [
  rule("", ["nodes", "serviceaccounts"], ["list"]),
  rule("", ["pods"], ["create", "get"]),
  rule("", ["pods/exec", "pods/portforward"], ["create", "get"]),
  rule("", ["pods/proxy"], ["get"]),
  rule("admissionregistration.k8s.io", ["validatingwebhookconfigurations"], ["list", "update"]),
];

/** Istio-cni, where a stack has it: an agent on each node. */
export const CNI: readonly Rule[] = [rule("apps", ["daemonsets"], OF_HELM), rule("", ["resourcequotas"], OF_HELM)];
