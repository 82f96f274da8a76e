import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./controlPlane.ts";

export interface PodRoleArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARNs of policies that AWS maintains. */
  readonly policyArns?: readonly string[];
  /** A policy of our own. */
  readonly policy?: object;
}

/**
 * An IAM role for the pods of one service account in one cluster, by EKS Pod Identity: no key is stored anywhere, and
 * no other pod can have the role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;

  constructor(name: string, args: PodRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:PodRole", name, {}, options);
    const { cluster, namespace, serviceAccount, policyArns = [], policy } = args;
    const role = new aws.iam.Role(
      name,
      {
        description: `${namespace}/${serviceAccount} in the cluster ${cluster}`,
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "pods.eks.amazonaws.com" },
              Action: ["sts:AssumeRole", "sts:TagSession"],
              Condition: {
                StringEquals: {
                  "aws:RequestTag/eks-cluster-name": cluster,
                  "aws:RequestTag/kubernetes-namespace": namespace,
                  "aws:RequestTag/kubernetes-service-account": serviceAccount,
                },
              },
            },
          ],
        }),
        tags: { Name: `${cluster}-${serviceAccount}` },
      },
      { parent: this },
    );
    this.arn = role.arn;
    this.roleName = role.name;
    for (const policyArn of policyArns) {
      const suffix = policyArn.split("/").at(-1) ?? "";
      new aws.iam.RolePolicyAttachment(`${name}-${suffix}`, { role: role.name, policyArn }, { parent: this });
    }
    if (policy) {
      new aws.iam.RolePolicy(name, { role: role.name, policy: JSON.stringify(policy) }, { parent: this });
    }
    this.registerOutputs({ arn: this.arn });
  }
}

/** A role for the pods of a service account, and what hands it to them. Pods that start before it never get it. */
export function podIdentity(
  name: string,
  { controlPlane, ...args }: PodRoleArgs & { readonly controlPlane: ControlPlane },
  parent: pulumi.Resource,
): aws.eks.PodIdentityAssociation {
  const role = new PodRole(name, args, { parent });
  const { namespace, serviceAccount } = args;
  return new aws.eks.PodIdentityAssociation(
    name,
    { clusterName: controlPlane.clusterName, namespace, serviceAccount, roleArn: role.arn },
    { parent, dependsOn: [controlPlane, role] },
  );
}
