import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/*
 * What AWS has already. The engine knows what it last asked for, which an autoscaler, or EKS itself, may have changed
 * since. Each asks by lists, which are empty where there is nothing, so that an error is always one.
 */

/** Whether there is a cluster of that name. */
export async function hasCluster(cluster: string, options: pulumi.InvokeOptions): Promise<boolean> {
  const { names } = await aws.eks.getClusters({}, options);
  return names.includes(cluster);
}

/** A cluster; nothing where there is none of that name. */
export async function findCluster(
  cluster: string,
  options: pulumi.InvokeOptions,
): Promise<aws.eks.GetClusterResult | undefined> {
  return (await hasCluster(cluster, options)) ? await aws.eks.getCluster({ name: cluster }, options) : undefined;
}

/** The node groups of a cluster; none where there is no such cluster. */
export async function nodeGroupsOf(
  clusterName: string,
  options: pulumi.InvokeOptions,
): Promise<readonly aws.eks.GetNodeGroupResult[]> {
  if (!(await hasCluster(clusterName, options))) return [];
  const { names } = await aws.eks.getNodeGroups({ clusterName }, options);
  return await Promise.all(names.map((nodeGroupName) => aws.eks.getNodeGroup({ clusterName, nodeGroupName }, options)));
}

/** The subnets with one of these names. */
export async function subnetsNamed(
  names: readonly string[],
  options: pulumi.InvokeOptions,
): Promise<readonly aws.ec2.GetSubnetResult[]> {
  const { ids } = await aws.ec2.getSubnets({ filters: [{ name: "tag:Name", values: [...names] }] }, options);
  return await Promise.all(ids.map((id) => aws.ec2.getSubnet({ id }, options)));
}

/**
 * Takes over a cluster's log group that is there without its cluster. After a destroy EKS writes a last line, for which it
 * makes the group anew; CloudWatch then refuses to make a second one of the name.
 *
 * The engine imports it, and gives it its retention and tags in the same run; where the stack has it already, it does
 * nothing. A group that has its cluster is another stack's, or nobody's: that one stays an error.
 */
export function takeOverLeft(name: string, cluster: string, options: pulumi.InvokeOptions): pulumi.ResourceTransform {
  return async ({ props, opts }) => {
    if (!(await hasLogGroup(name, options)) || (await hasCluster(cluster, options))) return undefined;
    await pulumi.log.info(
      `The log group ${name} is there, its cluster ${cluster} is not: this stack has it from now on, with what is in it.`,
    );
    return { props, opts: { ...opts, import: name } };
  };
}

/** Whether there is a log group of that name. */
async function hasLogGroup(name: string, options: pulumi.InvokeOptions): Promise<boolean> {
  const { logGroupNames } = await aws.cloudwatch.getLogGroups({ logGroupNamePrefix: name }, options);
  return logGroupNames.includes(name);
}
