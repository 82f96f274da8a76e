import * as pulumi from "@pulumi/pulumi";
import { eks } from "../../../versions.ts";
import { chartRelease } from "../../chartRelease.ts";
import type { ChartSource } from "../../istio/charts.ts";
import type { Profile } from "../../profile.ts";
import type { ControlPlane } from "./controlPlane.ts";
import type { Statement } from "./loadBalancerPolicy.ts";
import { podIdentity } from "./podIdentity.ts";
import { partitionOf } from "./region.ts";

/** Where it runs. */
const NAMESPACE = "kube-system";
const NAME = "cluster-autoscaler";

interface ClusterAutoscalerArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly controlPlane: ControlPlane;
  readonly profile: Profile;
  /** @default - the project's own repository */
  readonly charts?: ChartSource;
}

const officialCharts: ChartSource = { repository: "https://kubernetes.github.io/autoscaler" };

/**
 * The Cluster Autoscaler: gives a group of nodes more, up to its `max`, where pods find no place, and takes away those that
 * are hardly used. It finds the groups by the tags that EKS gives to their Auto Scaling groups.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws
 */
export class ClusterAutoscaler extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterAutoscalerArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:ClusterAutoscaler", name, {}, options);
    const { cluster, region, controlPlane, profile, charts = officialCharts } = args;

    const account = { cluster, controlPlane, namespace: NAMESPACE, serviceAccount: NAME };
    const identity = podIdentity(name, { ...account, policy: clusterAutoscalerPolicy({ cluster, region }) }, this);
    const values = clusterAutoscalerValues({ cluster, region, profile });
    chartRelease(
      name,
      { name: NAME, namespace: NAMESPACE, charts, version: eks.clusterAutoscaler, values },
      // A pod that starts before its identity is there never gets it.
      { parent: this, dependsOn: [identity] },
    );
    this.registerOutputs();
  }
}

/**
 * What the Cluster Autoscaler needs: to look at groups and machines, and to change the size of those groups that bear the
 * tag of this very cluster.
 */
export function clusterAutoscalerPolicy({ cluster, region }: Pick<ClusterAutoscalerArgs, "cluster" | "region">) {
  const arn = (service: string, resource: string) => `arn:${partitionOf(region)}:${service}:${region}:*:${resource}`;
  const Statement: readonly Statement[] = [
    {
      Effect: "Allow",
      Action: [
        ...["DescribeAutoScalingGroups", "DescribeAutoScalingInstances", "DescribeLaunchConfigurations"].map(
          (action) => `autoscaling:${action}`,
        ),
        "autoscaling:DescribeScalingActivities",
        ...["DescribeImages", "DescribeInstanceTypes", "DescribeLaunchTemplateVersions"].map(
          (action) => `ec2:${action}`,
        ),
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      Resource: "*",
    },
    // Labels and taints of a group without nodes.
    { Effect: "Allow", Action: ["eks:DescribeNodegroup"], Resource: arn("eks", `nodegroup/${cluster}/*/*`) },
    {
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"),
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" } },
    },
  ];
  return { Version: "2012-10-17", Statement };
}

/** Values of the chart: only what differs from it. */
export function clusterAutoscalerValues({
  cluster,
  region,
  profile,
}: Pick<ClusterAutoscalerArgs, "cluster" | "region" | "profile">) {
  return {
    fullnameOverride: NAME,
    autoDiscovery: { clusterName: cluster },
    // Said, not asked of the node: pods cannot reach its metadata.
    awsRegion: region,
    rbac: { serviceAccount: { name: NAME } },
    extraArgs: {
      // The group on which least is left over.
      expander: "least-waste",
      // Every sidecar has an emptyDir, and CoreDNS is everywhere: by default a node with either is never taken away.
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
    },
    resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    replicaCount: profile === "production" ? 2 : 1,
  };
}
