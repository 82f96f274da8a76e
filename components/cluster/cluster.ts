import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** What a cluster that was made consists of, for stacks of others that build on it. */
export interface ClusterParts {
  /** Name in AWS. */
  readonly clusterName: pulumi.Output<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  /** Those that the stack made: none in a VPC that was there, nor without the internet. */
  readonly publicSubnetIds: readonly pulumi.Input<string>[];
  /** Of the one group that control plane and nodes share. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** Of the role that all nodes have. */
  readonly nodeRoleArn: pulumi.Output<string | undefined>;
  /** Issuer of the tokens of service accounts, without `https://`. */
  readonly oidcIssuer: pulumi.Output<string>;
}

/** A cluster, as what is to run in it sees it. */
export interface Cluster {
  /** For all that is to run in the cluster. */
  readonly provider: k8s.Provider;

  /**
   * What has to be there before anything asks for a load balancer, a volume or more nodes, and must stay until those are gone.
   * Whatever may have one depends on it.
   */
  readonly ready: readonly pulumi.Resource[];

  /** How to get there, where a stack of this project made the cluster. A secret. */
  readonly kubeconfig?: pulumi.Output<string>;

  /** What it consists of, where this stack made it. */
  readonly parts?: ClusterParts;
}
