import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { eks } from "../../../versions.ts";
import { chartRelease } from "../../chartRelease.ts";
import type { ChartSource } from "../../istio/charts.ts";
import type { Profile } from "../../profile.ts";
import type { ControlPlane } from "./controlPlane.ts";
import { Interruptions } from "./interruptions.ts";
import { karpenterPolicy } from "./karpenterPolicy.ts";
import { dataDisk, systemDisk, type Architecture, type OperatingSystem } from "./machines.ts";
import type { NetworkIds } from "./networkShape.ts";
import { nodeRole } from "./nodeRole.ts";
import { PodRole } from "./podIdentity.ts";

/** Where it runs. */
const NAMESPACE = "kube-system";
const NAME = "karpenter";

/** What Karpenter may add. */
export interface NodePool {
  /** The most in all, e.g. `{ cpu: 100, memory: "400Gi" }`. */
  readonly limits: {
    /**
     * Processors.
     * @default - no limit
     */
    readonly cpu?: number;
    /**
     * Memory.
     * @default - no limit
     */
    readonly memory?: string;
  };

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
   * With `spot`, Spot comes first, and on-demand where there is none.
   * @default "on-demand"
   */
  readonly capacity?: "on-demand" | "spot";
}

interface KarpenterArgs extends NodePool {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly controlPlane: ControlPlane;
  readonly network: NetworkIds;
  /** Whether pods have subnets of their own, and so no address of a machine's first interface. */
  readonly podSubnets: boolean;
  readonly profile: Profile;
  /** ARNs of policies that all nodes have, beside those that a node needs. */
  readonly nodePolicies: readonly string[];
  /** @default - the project's own registry */
  readonly charts?: ChartSource;
}

const officialCharts: ChartSource = { oci: "oci://public.ecr.aws/karpenter" };

/**
 * Karpenter: makes machines of whatever type fits the pods that wait, and takes away those that are hardly used. It runs on
 * the groups of nodes itself. On the way down its own nodes go first: its class of nodes is gone only once they are.
 *
 * @see https://karpenter.sh/docs/
 */
export class Karpenter extends pulumi.ComponentResource {
  constructor(name: string, args: KarpenterArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:Karpenter", name, {}, options);
    const { cluster, region, controlPlane, network, podSubnets, profile, charts = officialCharts } = args;

    const nodes = nodeRole(`${name}-nodes`, { cluster, region, policies: args.nodePolicies }, this);
    const entry = new aws.eks.AccessEntry(
      `${name}-nodes`,
      { clusterName: controlPlane.clusterName, principalArn: nodes.role.arn, type: "EC2_LINUX" },
      { parent: this, dependsOn: [controlPlane] },
    );
    const interruptions = new Interruptions(name, { cluster }, { parent: this });

    const account = { cluster, namespace: NAMESPACE, serviceAccount: NAME };
    const role = new PodRole(name, account, { parent: this });
    const policy = new aws.iam.RolePolicy(
      name,
      {
        role: role.roleName,
        policy: pulumi
          .all([nodes.role.arn, interruptions.queueArn])
          .apply(([arn, queue]) => JSON.stringify(karpenterPolicy({ cluster, region, nodeRole: arn, queue }))),
      },
      { parent: this },
    );
    const identity = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName: controlPlane.clusterName, namespace: NAMESPACE, serviceAccount: NAME, roleArn: role.arn },
      { parent: this, dependsOn: [controlPlane, role, policy] },
    );

    const values = karpenterValues({ cluster, region, profile, podSubnets, queue: interruptions.queueName });
    const release = chartRelease(
      name,
      { name: NAME, namespace: NAMESPACE, charts, version: eks.karpenter, values },
      // A pod that starts before its identity is there never gets it; nodes that go need their role to the end.
      { parent: this, dependsOn: [identity, interruptions, entry, ...nodes.policies] },
    );
    const nodeClass = new k8s.apiextensions.CustomResource(
      `${name}-class`,
      nodeClassOf({ ...args, subnetIds: network.privateSubnetIds, role: nodes.role.name }),
      { parent: this, dependsOn: [release] },
    );
    new k8s.apiextensions.CustomResource(`${name}-pool`, nodePoolOf(args), { parent: this, dependsOn: [nodeClass] });
    this.registerOutputs();
  }
}

/** Values of the chart: only what differs from it. */
export function karpenterValues({
  cluster,
  region,
  profile,
  podSubnets = false,
  queue,
}: Pick<KarpenterArgs, "cluster" | "region" | "profile"> &
  Partial<Pick<KarpenterArgs, "podSubnets">> & { readonly queue: pulumi.Input<string> }) {
  return {
    serviceAccount: { name: NAME },
    settings: { clusterName: cluster, interruptionQueue: queue, ...(podSubnets && { reservedENIs: "1" }) },
    controller: {
      // Said, not asked of the node: pods cannot reach its metadata.
      env: [{ name: "AWS_REGION", value: region }],
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi" } },
    },
    // It wants a node for each of its pods.
    ...(profile === "production" ? {} : { replicas: 1 }),
  };
}

/** The name of the class and of the pool. */
const DEFAULT = "default";

interface NodeClassArgs extends Pick<NodePool, "os"> {
  readonly cluster: string;
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Name of the role of the nodes. */
  readonly role: pulumi.Input<string>;
}

/** How the machines are: as those of the groups. */
export function nodeClassOf({ cluster, subnetIds, role, os = "al2023" }: NodeClassArgs) {
  const ebs = { volumeType: "gp3", encrypted: true, deleteOnTermination: true };
  const system = systemDisk(os);
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: DEFAULT },
    spec: {
      amiSelectorTerms: [{ alias: `${os}@latest` }],
      role,
      subnetSelectorTerms: subnetIds.map((id) => ({ id })),
      // The group that EKS makes, and tags itself.
      securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": cluster } }],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        ...(system === undefined ? [] : [{ deviceName: system, ebs: { ...ebs, volumeSize: "4Gi" } }]),
        { deviceName: dataDisk(os), ebs: { ...ebs, volumeSize: "50Gi" } },
      ],
      tags: { Name: `${cluster}-karpenter` },
    },
  };
}

/** Which machines it may make, and how many. */
export function nodePoolOf({ limits, architecture = "arm64", capacity = "on-demand" }: NodePool) {
  const isIn = (key: string, ...values: string[]) => ({ key, operator: "In", values });
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: DEFAULT },
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: DEFAULT },
          requirements: [
            isIn("kubernetes.io/arch", architecture),
            isIn("kubernetes.io/os", "linux"),
            isIn("karpenter.sh/capacity-type", ...(capacity === "spot" ? ["spot", "on-demand"] : ["on-demand"])),
            isIn("karpenter.k8s.aws/instance-category", "c", "m", "r"),
            // Machines since 2020, all of them on Nitro.
            { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["5"] },
          ],
        },
      },
      limits: { ...limits },
      disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m" },
    },
  };
}
