import type { ChartSource } from "../../istio/charts.ts";
import type { Profile } from "../../profile.ts";
import type { Access } from "./access.ts";
import type { AddonSettings } from "./addonSettings.ts";
import type { AutoscalerName } from "./choices.ts";
import type { Iam } from "./iam.ts";
import type { NodePool } from "./karpenter.ts";
import type { ExistingNetwork, NetworkShape } from "./networkShape.ts";
import type { NodeGroup } from "./nodes.ts";

export interface EksClusterArgs {
  /** Name of the cluster in AWS, unique in account and region. */
  readonly cluster: string;

  /** The region, e.g. `eu-west-1`. */
  readonly region: string;

  readonly profile: Profile;

  /**
   * Minor version of Kubernetes, e.g. `1.35`.
   * @default - the pin in `versions.ts`
   */
  readonly version?: string;

  /**
   * Add-ons of EKS, by its names: those that every cluster has, where they are to differ from the pins in `versions.ts`, and
   * any others. A text is a version.
   * @default {}
   */
  readonly addons?: AddonSettings;

  /**
   * A network to be made, or one that is there.
   * @default - one to be made, over three zones
   */
  readonly network?: NetworkShape | ExistingNetwork;

  /**
   * Ranges from which the API server may be reached over the internet, e.g. `203.0.113.7/32`. Without them, whoever
   * runs Pulumi has to be in the VPC, or connected to it.
   * @default []
   */
  readonly publicAccess?: readonly string[];

  /**
   * Who may use the cluster, by a name of your own; nobody else may, not even whoever made it. So the role that runs
   * Pulumi has to be among them, or `kubeconfigRole`, each as `cluster-admin`.
   */
  readonly access: Readonly<Record<string, Access>>;

  /**
   * ARN of the IAM role as which the kubeconfig signs in.
   * @default - whoever runs the program
   */
  readonly kubeconfigRole?: string;

  /** Groups of nodes, by name; or AWS runs them: EKS Auto Mode. */
  readonly nodes: Readonly<Record<string, NodeGroup>> | "auto-mode";

  /**
   * ARNs of IAM policies that all nodes have, beside those that a node needs, e.g. that of `AmazonSSMManagedInstanceCore`
   * for Session Manager.
   * @default []
   */
  readonly nodePolicies?: readonly string[];

  /** The AWS Load Balancer Controller; Auto Mode brings its own. */
  readonly loadBalancerController?: {
    /**
     * Where its chart comes from.
     * @default - AWS's own repository
     */
    readonly charts?: ChartSource;
    /**
     * Repository of its image without a tag, e.g. `111122223333.dkr.ecr.eu-west-1.amazonaws.com/aws-load-balancer-controller`:
     * a copy, for nodes that do not reach the internet.
     * @default - AWS's own on public.ecr.aws
     */
    readonly image?: string;
  };

  /**
   * What adds nodes, and takes them away again: the Cluster Autoscaler to the groups, up to their `max`, or Karpenter beside
   * them, up to its limits. Auto Mode does so itself.
   * @default - nothing
   */
  readonly autoscaler?: (
    | { readonly name: Extract<AutoscalerName, "cluster-autoscaler"> }
    | ({ readonly name: Extract<AutoscalerName, "karpenter"> } & NodePool)
  ) & {
    /** @default - the autoscaler's own repository */
    readonly charts?: ChartSource;
  };

  /**
   * Days for which logs of the control plane, and flow logs, are kept; one of those that CloudWatch has.
   * @default - 7 in the demo profile, 90 in the production profile
   */
  readonly logRetention?: number;

  /**
   * ARN of the key in KMS that encrypts Kubernetes's Secrets, in the cluster's region. It is chosen once: EKS cannot take
   * another one later.
   * @default - one is made
   */
  readonly encryptionKey?: string;

  /** What the organization asks of roles and policies. */
  readonly iam?: Iam;

  /**
   * Whether neither Pulumi nor AWS deletes the cluster. Set it to false and run `pulumi up` before you destroy it.
   * @default false
   */
  readonly protect?: boolean;
}
