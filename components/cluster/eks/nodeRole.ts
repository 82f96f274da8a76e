import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "./region.ts";

interface NodeRoleArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  /** ARNs of policies beside those that a node needs. */
  readonly policies: readonly string[];
}

/** A role by which a machine joins the cluster and pulls images, with what it is allowed. */
export function nodeRole(name: string, { cluster, region, policies }: NodeRoleArgs, parent: pulumi.Resource) {
  const role = new aws.iam.Role(
    name,
    {
      description: `Nodes of the cluster ${cluster}`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
      tags: { Name: `${cluster}-nodes` },
    },
    { parent },
  );
  const needed = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"];
  const policyArns = [...needed.map((policy) => managedPolicyArn(region, policy)), ...policies];
  return {
    role,
    policies: policyArns.map(
      (policyArn) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policyArn.split("/").at(-1) ?? ""}`,
          { role: role.name, policyArn },
          { parent },
        ),
    ),
  };
}
