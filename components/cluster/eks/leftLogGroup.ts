import * as pulumi from "@pulumi/pulumi";
import { hasCluster, hasLogGroup } from "./lookups.ts";

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
