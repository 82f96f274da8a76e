import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { eks } from "../../../versions.ts";
import type { ChartSource } from "../../istio/charts.ts";
import type { Profile } from "../../profile.ts";
import type { Cluster, ClusterParts } from "../cluster.ts";
import { ClusterAccess, type Access } from "./access.ts";
import { NodeAddons, NodePrerequisites } from "./addons.ts";
import type { AddonSettings } from "./addonSettings.ts";
import type { AutoscalerName } from "./choices.ts";
import { ClusterAutoscaler } from "./clusterAutoscaler.ts";
import { ControlPlane } from "./controlPlane.ts";
import { withIam, type Iam } from "./iam.ts";
import { Karpenter, type NodePool } from "./karpenter.ts";
import { LoadBalancerController } from "./loadBalancerController.ts";
import { Network } from "./network.ts";
import type { ExistingNetwork, NetworkIds, NetworkShape } from "./networkShape.ts";
import { NODES } from "./nodeGroupNames.ts";
import { Nodes, type NodeGroup } from "./nodes.ts";
import { defaultStorageClass } from "./storageClass.ts";

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

/**
 * A cluster on Amazon EKS, from the network to the default class of volumes.
 *
 * What it consists of depends on each other in the order in which it has to be made; taken down in the reverse order,
 * nothing stays behind.
 *
 * @example
 * new EksCluster("cluster", {
 *   cluster: "mesh-dev",
 *   region: "eu-west-1",
 *   profile: "demo",
 *   publicAccess: ["203.0.113.7/32"],
 *   access: { ci: { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" } },
 *   nodes: { default: { instanceTypes: ["m7g.large"], min: 2, max: 4 } },
 * });
 */
export class EksCluster extends pulumi.ComponentResource implements Cluster {
  readonly provider: k8s.Provider;
  readonly ready: readonly pulumi.Resource[];
  readonly kubeconfig: pulumi.Output<string>;
  readonly parts: ClusterParts;

  constructor(name: string, args: EksClusterArgs, options?: pulumi.ComponentResourceOptions) {
    const transforms = [...(options?.transforms ?? []), ...(args.iam ? [withIam(args.iam)] : [])];
    super("mesh:cluster:EksCluster", name, {}, { ...options, transforms });
    const { cluster, region, profile, version = eks.kubernetes, nodes, protect = false } = args;
    const autoMode = nodes === "auto-mode";
    const { addons = {} } = args;
    const { ipFamily = "ipv4" } = args.network ?? {};
    const logRetention = args.logRetention ?? (profile === "production" ? 90 : 7);

    const network = this.#network(`${name}-network`, args, logRetention);
    const inNetwork = network instanceof pulumi.Resource ? [network] : [];

    const controlPlane = new ControlPlane(
      `${name}-control`,
      {
        cluster,
        version,
        region,
        network,
        podSubnetIds: network instanceof Network ? network.podSubnetIds : undefined,
        ipFamily,
        autoMode,
        addons,
        logRetention,
        protect,
        ...(args.publicAccess && { publicAccess: args.publicAccess }),
        ...(args.kubeconfigRole !== undefined && { kubeconfigRole: args.kubeconfigRole }),
        ...(args.encryptionKey !== undefined && { encryptionKey: args.encryptionKey }),
      },
      { parent: this, dependsOn: inNetwork },
    );
    const access = new ClusterAccess(`${name}-access`, { controlPlane, region, access: args.access }, { parent: this });

    const common = { cluster, region, controlPlane };
    const groups: Nodes[] = [];
    if (nodes !== "auto-mode") {
      const prerequisites = new NodePrerequisites(
        `${name}-node`,
        { ...common, addons, ipFamily },
        { parent: this, dependsOn: [controlPlane] },
      );
      groups.push(
        new Nodes(
          `${name}-${NODES}`,
          { ...common, version, network, groups: nodes, policies: args.nodePolicies ?? [] },
          // Without routes nodes cannot join, nor say goodbye.
          { parent: this, dependsOn: [controlPlane, prerequisites, ...inNetwork] },
        ),
      );
    }
    this.parts = {
      clusterName: controlPlane.clusterName,
      vpcId: network.vpcId,
      privateSubnetIds: network.privateSubnetIds,
      publicSubnetIds: network instanceof Network ? network.publicSubnetIds : [],
      clusterSecurityGroupId: controlPlane.clusterSecurityGroupId,
      nodeRoleArn: groups[0]?.roleArn ?? controlPlane.autoModeNodeRoleArn,
      oidcIssuer: controlPlane.oidcIssuer,
    };
    const nodeAddons = new NodeAddons(
      `${name}-addon`,
      { ...common, addons, nodes: groups, autoMode },
      { parent: this, dependsOn: [controlPlane, ...groups] },
    );

    // All that is in the cluster goes through it: it comes after the nodes, and goes before them. So do the entries by
    // which we may come in.
    this.kubeconfig = pulumi.secret(controlPlane.kubeconfig);
    this.provider = new k8s.Provider(
      name,
      // By name, so that a change of the kubeconfig is not taken for another cluster, with everything in it replaced.
      { kubeconfig: this.kubeconfig, clusterIdentifier: `${region}/${cluster}` },
      { parent: this, dependsOn: [controlPlane, access, ...groups, nodeAddons, ...inNetwork] },
    );

    const inCluster = { parent: this, provider: this.provider };
    const ready: pulumi.Resource[] = [defaultStorageClass(`${name}-gp3`, { autoMode }, inCluster)];
    if (!autoMode) {
      ready.push(
        new LoadBalancerController(
          `${name}-load-balancer-controller`,
          { ...common, profile, vpcId: network.vpcId, ...args.loadBalancerController },
          { ...inCluster, dependsOn: [controlPlane, ...groups, nodeAddons, ...inNetwork] },
        ),
      );
    }
    if (!autoMode && args.autoscaler) {
      const { autoscaler, nodePolicies = [] } = args;
      const hasPodSubnets = network instanceof Network && network.podSubnetIds !== undefined;
      const after = { ...inCluster, dependsOn: [controlPlane, ...groups, nodeAddons, ...inNetwork] };
      ready.push(
        autoscaler.name === "karpenter"
          ? new Karpenter(
              `${name}-autoscaler`,
              { ...common, profile, network, podSubnets: hasPodSubnets, nodePolicies, ...autoscaler },
              after,
            )
          : new ClusterAutoscaler(`${name}-autoscaler`, { ...common, profile, ...autoscaler }, after),
      );
    }
    this.ready = ready;
    this.registerOutputs({});
  }

  #network(name: string, args: EksClusterArgs, logRetention: number): Network | NetworkIds {
    const { cluster, region, network = {} } = args;
    if ("vpcId" in network) return network;
    return new Network(name, { ...network, cluster, region, logRetention }, { parent: this });
  }
}
