import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./controlPlane";
import { amiType, dataDisk, systemDisk, type Architecture, type OperatingSystem } from "./machines";
import { nodeGroupsOf } from "./lookups";
import type { NetworkIds } from "./network";
import { keepNodes } from "./nodeGroupSize";
import { managedPolicyArn } from "./region";
import type { TaintEffect } from "./choices";

/** A group of nodes that are alike. */
export interface NodeGroup {
  /** One for on-demand; several that are equally big for Spot, so that there is always one to be had. */
  readonly instanceTypes: readonly string[];

  /** @default "arm64" */
  readonly architecture?: Architecture;

  /** @default "al2023" */
  readonly os?: OperatingSystem;

  /**
   * Spot nodes cost a third, and go with two minutes' notice.
   * @default "on-demand"
   */
  readonly capacity?: "on-demand" | "spot";

  /**
   * Fewest and most nodes, from 0 and 1 on. It starts with the fewest, and keeps what an autoscaler makes of it: when
   * these change, as far as they let it.
   */
  readonly min: number;
  readonly max: number;

  /**
   * Size of the disk for images and pods, in GiB.
   * @default 50
   */
  readonly disk?: number;

  /** Labels of the nodes. */
  readonly labels?: Readonly<Record<string, string>>;

  /** What keeps pods away that do not tolerate it. */
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: TaintEffect }[];
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
}

/**
 * Managed node groups in the private subnets, on disks that are encrypted, with a role that can join the cluster and pull
 * images and nothing else.
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

    const role = new aws.iam.Role(
      name,
      {
        description: `Nodes of the cluster ${args.cluster}`,
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        tags: { Name: `${args.cluster}-nodes` },
      },
      { parent: this },
    );
    this.roleArn = role.arn;
    const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn: managedPolicyArn(args.region, policy) },
          { parent: this },
        ),
    );
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

  /** Asked once for all groups. */
  #groupsInAws(): ReturnType<typeof nodeGroupsOf> {
    return (this.#inAws ??= nodeGroupsOf(this.#args.cluster, { parent: this }));
  }

  /** What a machine is like that a node group cannot say. It names no security group, so EKS takes the cluster's. */
  #template(group: string, { disk = 50 }: NodeGroup, os: OperatingSystem): aws.ec2.LaunchTemplate {
    const { cluster } = this.#args;
    const tags = { Name: `${cluster}-${group}` };
    return new aws.ec2.LaunchTemplate(
      `${this.#name}-${group}`,
      {
        description: `Nodes ${group} of the cluster ${cluster}`,
        // One hop: the node itself asks for its credentials, no pod does. Pods have their own, by Pod Identity.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: disks(os, disk),
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
