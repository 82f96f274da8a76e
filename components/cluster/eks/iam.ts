import type * as pulumi from "@pulumi/pulumi";

/** What an organization asks of everything in IAM. */
export interface Iam {
  /**
   * Path of the roles and policies, e.g. `/platform/`. It is chosen once: with it the role of the cluster, and so the cluster,
   * would be replaced.
   * @default "/"
   */
  readonly path?: string;

  /**
   * ARN of the policy that bounds what the roles can do, whatever else they are given.
   * @default - none
   */
  readonly permissionsBoundary?: string;
}

/** The types that have a path, and those that have a boundary too. */
const WITH_PATH = ["aws:iam/role:Role", "aws:iam/policy:Policy", "aws:iam/instanceProfile:InstanceProfile"];
const WITH_BOUNDARY = ["aws:iam/role:Role"];

/**
 * Gives path and boundary to all that is made below a component, also to what `eks.Cluster` makes, which has no arguments for
 * them.
 */
export function withIam({ path, permissionsBoundary }: Iam): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    const given = {
      ...(path !== undefined && WITH_PATH.includes(type) && { path }),
      ...(permissionsBoundary !== undefined && WITH_BOUNDARY.includes(type) && { permissionsBoundary }),
    };
    return Object.keys(given).length === 0 ? undefined : { props: { ...(props as object), ...given }, opts };
  };
}

/**
 * What is wrong with the path for a cluster that is there, whose role has one.
 *
 * @param roleArn of the cluster's role; nothing where it is yet to be made
 */
export function iamPathProblem(cluster: string, { path = "/" }: Iam, roleArn: string | undefined): string | undefined {
  const [, own] = /^arn:[^:]+:iam::\d+:role(\/(?:.*\/)?)[^/]+$/.exec(roleArn ?? "") ?? [];
  if (own === undefined || own === path) return undefined;
  const why = `the role of ${cluster}, which is there, has that path, and with another role AWS wants another cluster`;
  return `must be ${own}: ${why}; write it, or make a cluster of another name`;
}
