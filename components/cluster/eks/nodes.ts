import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./controlPlane.ts";
import { amiType, dataDisk, systemDisk, type Architecture, type OperatingSystem } from "./machines.ts";
import { nodeGroupsOf } from "./lookups.ts";
import { newestRelease } from "./nodeImages.ts";
import { nodeRole } from "./nodeRole.ts";
import type { NetworkIds } from "./networkShape.ts";
import { keepNodes } from "./nodeGroupSize.ts";
import type { TaintEffect } from "./choices.ts";
import { bottlerocketUserData, nodeConfigUserData, type SettingMap } from "./userData.ts";

/** A group of nodes that are alike. */
export interface NodeGroup {
  /** One for on-demand; several that are equally big for Spot, so that there is always one to be had. */
  readonly instanceTypes: readonly string[];

  /**
   * Architecture of the machines.
   * @default "arm64"
   */
  readonly architecture?: Architecture;

  /**
   * Operating system of the machines.
   * @default "al2023"
   */
  readonly os?: OperatingSystem;

  /**
   * Release of the image, e.g. `1.35.0-20261101`, or of Bottlerocket `1.50.0-abcdef12`; `latest` looks up AWS's newest each
   * time, so that every update of the stack patches the nodes, a third of them at a time.
   * @default - the newest when the group is made, and again when Kubernetes or the template changes
   */
  readonly releaseVersion?: string;

  /**
   * Of Amazon Linux 2023: what its NodeConfig says beside EKS's own, e.g. `{ kubelet: { config: { maxPods: 50 } } }`.
   * @default {}
   */
  readonly nodeConfig?: SettingMap;

  /**
   * Of Bottlerocket: its settings beside EKS's own, e.g. `{ kubernetes: { "max-pods": 50 } }`.
   * @default {}
   */
  readonly settings?: SettingMap;

  /**
   * Spot nodes cost a third, and go with two minutes' notice.
   * @default "on-demand"
   */
  readonly capacity?: "on-demand" | "spot";

  /**
   * The fewest nodes. The group starts with them, and keeps what an autoscaler makes of it: when `min` and `max` change,
   * as far as they let it.
   */
  readonly min: number;

  /** The most nodes. */
  readonly max: number;

  /**
   * Size of the disk for images and pods, in GiB.
   * @default 50
   */
  readonly disk?: number;

  /** Labels of the nodes. */
  readonly labels?: Readonly<Record<string, string>>;

  /** What keeps pods away that do not tolerate it. */
  readonly taints?: readonly {
    /** Key of the taint, e.g. `example.com/role`. */
    readonly key: string;
    /**
     * Its value.
     * @default - none
     */
    readonly value?: string;
    /** What happens to pods that do not tolerate it. */
    readonly effect: TaintEffect;
  }[];
}

const EFFECTS: Readonly<Record<TaintEffect, string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

interface NodesArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  /** Minor version of Kubernetes: that of the control plane. */
  readonly version: string;
  readonly controlPlane: ControlPlane;
  readonly network: NetworkIds;
  /** By name. */
  readonly groups: Readonly<Record<string, NodeGroup>>;
  /** ARNs of policies of the nodes of all groups, beside those that a node needs. */
  readonly policies: readonly string[];
}

/**
 * Managed node groups in the private subnets, on disks that are encrypted, with a role that can join the cluster and pull
 * images, and what the stack adds.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
export class Nodes extends pulumi.ComponentResource {
  /** ARN of the role that all of them have. */
  readonly roleArn: pulumi.Output<string>;

  readonly #name: string;
  readonly #args: NodesArgs;
  #inAws: ReturnType<typeof nodeGroupsOf> | undefined;

  constructor(name: string, args: NodesArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:Nodes", name, {}, options);
    this.#name = name;
    this.#args = args;

    const { role, policies } = nodeRole(name, args, this);
    this.roleArn = role.arn;
    for (const [group, nodes] of Object.entries(args.groups)) this.#group(group, nodes, role, policies);
    this.registerOutputs();
  }

  #group(group: string, nodes: NodeGroup, role: aws.iam.Role, policies: readonly pulumi.Resource[]): void {
    const { cluster, controlPlane, network, version } = this.#args;
    const { os = "al2023", architecture = "arm64", min, max, taints = [] } = nodes;
    const template = this.#template(group, nodes, os);
    const tag = `${cluster}-${group}`;
    new aws.eks.NodeGroup(
      `${this.#name}-${group}`,
      {
        clusterName: controlPlane.clusterName,
        nodeRoleArn: role.arn,
        subnetIds: [...network.privateSubnetIds],
        version,
        ...this.#release(nodes, { os, architecture, version }),
        amiType: amiType(os, architecture),
        instanceTypes: [...nodes.instanceTypes],
        capacityType: nodes.capacity === "spot" ? "SPOT" : "ON_DEMAND",
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        scalingConfig: { minSize: min, desiredSize: min, maxSize: max },
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
        labels: { ...nodes.labels },
        taints: taints.map(({ effect, ...taint }) => ({ ...taint, effect: EFFECTS[effect] })),
        tags: { Name: tag },
      },
      {
        parent: this,
        dependsOn: [controlPlane, ...policies],
        transforms: [keepNodes({ min, max, tag, groups: () => this.#groupsInAws() })],
      },
    );
  }

  #release({ releaseVersion }: NodeGroup, image: Parameters<typeof newestRelease>[0]) {
    if (releaseVersion === undefined) return {};
    return { releaseVersion: releaseVersion === "latest" ? newestRelease(image, { parent: this }) : releaseVersion };
  }

  /** Asked once for all groups. */
  #groupsInAws(): ReturnType<typeof nodeGroupsOf> {
    return (this.#inAws ??= nodeGroupsOf(this.#args.cluster, { parent: this }));
  }

  /** What a machine is like that a node group cannot say. It names no security group, so EKS takes the cluster's. */
  #template(group: string, nodes: NodeGroup, os: OperatingSystem): aws.ec2.LaunchTemplate {
    const { cluster } = this.#args;
    const { disk = 50, nodeConfig, settings } = nodes;
    const tags = { Name: `${cluster}-${group}` };
    return new aws.ec2.LaunchTemplate(
      `${this.#name}-${group}`,
      {
        description: `Nodes ${group} of the cluster ${cluster}`,
        // One hop: the node itself asks for its credentials, no pod does. Pods have their own, by Pod Identity.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: disks(os, disk),
        ...(nodeConfig && { userData: nodeConfigUserData(nodeConfig) }),
        ...(settings && { userData: bottlerocketUserData(settings) }),
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
        updateDefaultVersion: true,
        tags,
      },
      { parent: this },
    );
  }
}

/** Every disk of a machine: one that the template does not name is as the image has it, unencrypted. */
function disks(os: OperatingSystem, size: number) {
  const ebs = { volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" };
  const system = systemDisk(os);
  return [
    ...(system === undefined ? [] : [{ deviceName: system, ebs }]),
    { deviceName: dataDisk(os), ebs: { ...ebs, volumeSize: size } },
  ];
}
