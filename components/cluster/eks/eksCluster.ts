import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { eks } from "../../../versions.ts";
import type { Cluster, ClusterParts } from "../cluster.ts";
import { ClusterAccess } from "./access.ts";
import { NodeAddons, NodePrerequisites } from "./addons.ts";
import { ClusterAutoscaler } from "./clusterAutoscaler.ts";
import { ControlPlane } from "./controlPlane.ts";
import { withIam } from "./iam.ts";
import { Karpenter } from "./karpenter.ts";
import { LoadBalancerController } from "./loadBalancerController.ts";
import { Network } from "./network.ts";
import type { NetworkIds } from "./networkShape.ts";
import { NODES } from "./nodeGroupNames.ts";
import { Nodes } from "./nodes.ts";
import { defaultStorageClass } from "./storageClass.ts";
import type { EksClusterArgs } from "./eksClusterArgs.ts";
import { inPlace } from "../inPlace.ts";

export type { EksClusterArgs } from "./eksClusterArgs.ts";

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
      { kubeconfig: this.kubeconfig, clusterIdentifier: `${region}/${cluster}`, ...inPlace },
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
