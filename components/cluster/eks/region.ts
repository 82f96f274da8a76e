import awsData from "./aws.json" with { type: "json" };

const { regions: byPartition } = awsData;

/** Every region of AWS. */
export const regions: readonly string[] = Object.values(byPartition).flat();

/** Part of AWS that a region belongs to, as the second word of every ARN in it. */
export function partitionOf(region: string): string {
  const found = Object.entries(byPartition).find(([, names]) => names.includes(region));
  return found?.[0] ?? "aws";
}

/** ARN of a policy that AWS maintains, e.g. `AmazonEKSWorkerNodePolicy`. */
export function managedPolicyArn(region: string, policy: string): string {
  return `arn:${partitionOf(region)}:iam::aws:policy/${policy}`;
}

/** ARN of an access policy of EKS, e.g. `AmazonEKSViewPolicy`. */
export function accessPolicyArn(region: string, policy: string): string {
  return `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/${policy}`;
}
