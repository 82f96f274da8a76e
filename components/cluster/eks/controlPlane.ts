import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import type { IpFamily } from "../../ipFamily.ts";
import { mergeValues } from "../../istio/values.ts";
import { configurationOf, versionOf, type AddonSettings } from "./addonSettings.ts";
import { keyTags } from "./encryptionKey.ts";
import { ipv6Configuration } from "./ipv6.ts";
import { takeOverLeft } from "./lookups.ts";
import type { NetworkIds } from "./networkShape.ts";
import { podSubnetConfiguration, type PodSubnetIds } from "./podSubnets.ts";

export interface ControlPlaneArgs {
  /** Name of the cluster in AWS. */
  readonly cluster: string;

  /** Minor version of Kubernetes, e.g. `1.35`. */
  readonly version: string;

  readonly region: string;

  readonly network: NetworkIds;

  /**
   * Subnets of pods.
   * @default - pods have addresses of the subnet of their node
   */
  readonly podSubnetIds?: PodSubnetIds | undefined;

  /**
   * Ranges from which the API server may be reached over the internet; with none it has no public endpoint.
   * @default []
   */
  readonly publicAccess?: readonly string[];

  /**
   * ARN of the IAM role as which the kubeconfig signs in.
   * @default - whoever runs the program
   */
  readonly kubeconfigRole?: string;

  /** What pods and Services have addresses of. */
  readonly ipFamily: IpFamily;

  /** Whether AWS runs nodes, network plugin, volumes and load balancers: EKS Auto Mode. */
  readonly autoMode: boolean;

  readonly addons: AddonSettings;

  /** Days for which the control plane's logs are kept. */
  readonly logRetention: number;

  /**
   * ARN of the key in KMS that encrypts Kubernetes's Secrets. EKS cannot take another one later.
   * @default - one is made
   */
  readonly encryptionKey?: string;

  /** Whether neither Pulumi nor AWS deletes the cluster and its key. */
  readonly protect: boolean;
}

/** All that a control plane can log. */
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * EKS lets whoever makes a cluster in for ever, by an entry that is in no file, and that stands in the way of one for the
 * same principal which is. `eks.Cluster` asks for it; this takes it back.
 */
export const onlyExplicitAccess: pulumi.ResourceTransform = ({ type, props, opts }) => {
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const accessConfig = { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false };
  return { props: { ...(props as object), accessConfig }, opts };
};

/**
 * The control plane of an EKS cluster, with Kubernetes's Secrets encrypted and a log group that forgets.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/control-plane.html
 */
export class ControlPlane extends pulumi.ComponentResource {
  /** Name of the cluster, known once there is one. */
  readonly clusterName: pulumi.Output<string>;

  /** How to get there; it runs `aws eks get-token`, and so holds no credentials. */
  readonly kubeconfig: pulumi.Output<string>;

  readonly clusterSecurityGroupId: pulumi.Output<string>;

  /** Issuer of the tokens of service accounts, without `https://`. */
  readonly oidcIssuer: pulumi.Output<string>;

  /** ARN of the role of nodes that AWS runs; nothing without Auto Mode. */
  readonly autoModeNodeRoleArn: pulumi.Output<string | undefined>;

  constructor(name: string, args: ControlPlaneArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:ControlPlane", name, {}, options);
    const { cluster, network, publicAccess = [], kubeconfigRole, autoMode, addons, protect } = args;
    const tags = { Name: cluster };
    const { region, podSubnetIds, ipFamily } = args;
    const cni = mergeValues(
      ipFamily === "ipv6" ? ipv6Configuration : {},
      podSubnetIds ? podSubnetConfiguration(region, podSubnetIds) : {},
      configurationOf(addons["vpc-cni"]) ?? {},
    );
    const proxy = configurationOf(addons["kube-proxy"]);

    // EKS would make the group itself, keep it for ever and leave it behind.
    const logGroup = `/aws/eks/${cluster}/cluster`;
    const logs = new aws.cloudwatch.LogGroup(
      name,
      { name: logGroup, retentionInDays: args.logRetention, tags },
      { parent: this, transforms: [takeOverLeft(logGroup, cluster, { parent: this })] },
    );

    const control = new eks.Cluster(
      name,
      {
        name: cluster,
        version: args.version,
        upgradePolicy: { supportType: "STANDARD" },

        vpcId: network.vpcId,
        privateSubnetIds: [...network.privateSubnetIds],
        nodeAssociatePublicIpAddress: false,
        // The other family is EKS's own default, by which clusters are there that say nothing of it.
        ...(ipFamily === "ipv6" && { ipFamily }),
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccess.length > 0,
        ...(publicAccess.length > 0 && { publicAccessCidrs: [...publicAccess] }),
        // Nodes and control plane share the one group that EKS makes, tags and deletes: the API server reaches istiod's
        // webhooks, load balancers find one group to open, and none is left behind.
        skipDefaultSecurityGroups: true,

        authenticationMode: eks.AuthenticationMode.Api,
        encryptionConfigKeyArn: args.encryptionKey ?? this.#key(name, cluster, protect),
        enabledClusterLogTypes: LOGS,
        deletionProtection: protect,

        skipDefaultNodeGroup: true,
        bootstrapSelfManagedAddons: false,
        // Without nodes to run on it would be degraded, and waited for: see `Addons`.
        corednsAddonOptions: { enabled: false },
        ...(autoMode
          ? { autoMode: { enabled: true } }
          : {
              vpcCniOptions: {
                addonVersion: versionOf("vpc-cni", addons["vpc-cni"]),
                enableNetworkPolicy: true,
                ...(Object.keys(cni).length > 0 && { configurationValues: cni }),
              },
              kubeProxyAddonOptions: {
                version: versionOf("kube-proxy", addons["kube-proxy"]),
                ...(proxy && { configurationValues: proxy }),
              },
            }),

        ...(kubeconfigRole !== undefined && { providerCredentialOpts: { roleArn: kubeconfigRole } }),
        clusterTags: { ...tags, ...keyTags(args.encryptionKey) },
      },
      { parent: this, dependsOn: [logs], protect, transforms: [onlyExplicitAccess] },
    );
    this.clusterName = control.eksCluster.name;
    this.kubeconfig = control.kubeconfigJson;
    this.clusterSecurityGroupId = control.clusterSecurityGroupId;
    this.oidcIssuer = control.oidcIssuer;
    this.autoModeNodeRoleArn = control.eksCluster.computeConfig.apply(
      (compute) => (compute as typeof compute | undefined)?.nodeRoleArn,
    );
    this.registerOutputs({ clusterName: this.clusterName });
  }

  /** A key for Secrets; its ARN. */
  #key(name: string, cluster: string, protect: boolean): pulumi.Output<string> {
    const key = new aws.kms.Key(
      name,
      {
        description: `Kubernetes Secrets of the cluster ${cluster}`,
        enableKeyRotation: true,
        deletionWindowInDays: protect ? 30 : 7,
        tags: { Name: cluster },
      },
      { parent: this, protect },
    );
    new aws.kms.Alias(name, { name: `alias/${cluster}/secrets`, targetKeyId: key.keyId }, { parent: this });
    return key.arn;
  }
}
