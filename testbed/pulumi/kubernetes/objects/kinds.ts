import type { Fields } from "../../provider/values/value.ts";

/** Kinds of Kubernetes itself that belong to no namespace; the API server says it of every other kind. */
const CLUSTER_WIDE = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "FlowSchema",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
]);

/** What a kind is taken for as long as the server does not know it: its definition may come later in the same run. */
export const isProbablyNamespaced = (kind: string): boolean => !CLUSTER_WIDE.has(kind);

/** Groups of Kubernetes itself, by what their names begin with. */
const GROUPS = new Set([
  ...["admissionregistration", "apiextensions", "apiregistration", "apps", "autoscaling", "batch", "certificates"],
  ...["coordination", "discovery", "events", "flowcontrol", "networking", "node", "policy", "rbac", "resource"],
  ...["scheduling", "storage", "storagemigration"],
]);

/** Whether the real plugin knows the kinds of this version by its own schema. */
export function isOfKubernetes(apiVersion: string): boolean {
  const [group = "", version] = apiVersion.split("/");
  if (version === undefined) return true;
  const [first = "", ...rest] = group.split(".");
  return GROUPS.has(first) && (rest.length === 0 || group.endsWith(".k8s.io"));
}

/** Fields that an object keeps for life; a change of one replaces the object, as with the real plugin. */
const FIXED: Record<string, readonly string[]> = {
  "apps/v1/DaemonSet": ["spec.selector"],
  "apps/v1/Deployment": ["spec.selector"],
  "apps/v1/StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/v1/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["roleRef"],
  "storage.k8s.io/v1/StorageClass": ["parameters", "provisioner"],
  "v1/ConfigMap": ["binaryData", "data"],
  "v1/PersistentVolumeClaim": ["spec"],
  "v1/Pod": [
    "spec.affinity",
    "spec.automountServiceAccountToken",
    "spec.containers",
    "spec.dnsPolicy",
    "spec.hostNetwork",
    "spec.imagePullSecrets",
    "spec.initContainers",
    "spec.nodeName",
    "spec.nodeSelector",
    "spec.restartPolicy",
    "spec.securityContext",
    "spec.serviceAccountName",
    "spec.volumes",
  ],
  "v1/Secret": ["data", "stringData", "type"],
  "v1/Service": ["spec.clusterIP"],
};

/** The provider's arguments that bear on objects. */
export interface ObjectSettings {
  /** Applies take fields over from other managers. */
  readonly enablePatchForce: boolean;
  /** ConfigMaps are changed in place. */
  readonly enableConfigMapMutable: boolean;
  /** Secrets are changed in place, except for their type. */
  readonly enableSecretMutable: boolean;
  /** An object that exists already is taken over, not refused. */
  readonly upsertExistingObjects: boolean;
}

/** The paths of an object whose change replaces it. */
export function fixedFields({ apiVersion, kind }: Fields, settings: ObjectSettings): readonly string[] {
  const fixed = FIXED[`${apiVersion}/${kind}`] ?? [];
  const mutable =
    (kind === "ConfigMap" && settings.enableConfigMapMutable) || (kind === "Secret" && settings.enableSecretMutable);
  return [
    "kind",
    "metadata.name",
    "metadata.namespace",
    ...(mutable ? fixed.filter((path) => path === "type") : fixed),
  ];
}
