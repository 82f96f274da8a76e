/* What settings choose from, apart from the components: a stack file is checked without loading an SDK. */

/** What somebody may do, from everything to looking. */
export const accessLevels = ["cluster-admin", "admin", "edit", "view"] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** Whether an entry lets its principal do everything everywhere, as it has to for whoever runs Pulumi. */
export function isClusterAdmin({ level, namespaces }: { readonly level?: unknown; readonly namespaces?: unknown }) {
  return level === ("cluster-admin" satisfies AccessLevel) && namespaces === undefined;
}

/** The add-ons that every cluster has, by EKS's names. */
export const addonNames = [
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
  "aws-ebs-csi-driver",
  "metrics-server",
  "eks-node-monitoring-agent",
] as const;
export type AddonName = (typeof addonNames)[number];

/** Kubernetes's effects of a taint. */
export const taintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
export type TaintEffect = (typeof taintEffects)[number];

/** Services of AWS that a network can reach without its NAT gateway: all those that a cluster needs. */
export const endpoints = ["s3", "ecr", "sts", "ec2", "eks", "eks-auth", "elasticloadbalancing", "logs"] as const;
export type Endpoint = (typeof endpoints)[number];

/** How private subnets reach the internet: by one NAT gateway, by one in each zone, or not at all. */
export const nats = ["one", "per-zone", "none"] as const;
export type Nat = (typeof nats)[number];

/** What adds nodes where pods find no place. */
export const autoscalers = ["cluster-autoscaler", "karpenter"] as const;
export type AutoscalerName = (typeof autoscalers)[number];
