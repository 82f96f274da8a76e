import type { Resource } from "./describeRule.ts";

/** A cluster as AWS takes it. */
export const awsCluster = (props: object, partOf?: readonly string[]): Resource => ({
  type: "aws:eks/cluster:Cluster",
  props: { roleArn: "arn:aws:iam::123456789012:role/cluster", ...props },
  ...(partOf && { partOf }),
});

/** A cluster by the component of `@pulumi/eks`. */
export const eksCluster = (props: object): Resource => ({ type: "eks:index:Cluster", props });

export const launchTemplate = (props: object): Resource => ({ type: "aws:ec2/launchTemplate:LaunchTemplate", props });

export const nodeGroup = (props: object): Resource => ({ type: "aws:eks/nodeGroup:NodeGroup", props });
