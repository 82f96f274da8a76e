import type { Statement } from "./loadBalancerPolicy.ts";
import { partitionOf } from "./region.ts";

interface KarpenterPolicyArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  /** ARN of the role of the nodes that it makes. */
  readonly nodeRole: string;
  /** ARN of the queue that says which nodes AWS is about to take. */
  readonly queue: string;
}

/**
 * What Karpenter needs: to look at what there is, to make machines that bear the tag of this very cluster, and to end those
 * alone.
 *
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterPolicy({ cluster, region, nodeRole, queue }: KarpenterPolicyArgs) {
  const partition = partitionOf(region);
  const ec2 = (...kinds: string[]) => kinds.map((kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`);
  const profiles = `arn:${partition}:iam::*:instance-profile/*`;

  const owned = `kubernetes.io/cluster/${cluster}`;
  const pool = "karpenter.sh/nodepool";
  const nodeClass = "karpenter.k8s.aws/ec2nodeclass";
  const isOurs = {
    StringEquals: { [`aws:ResourceTag/${owned}`]: "owned" },
    StringLike: { [`aws:ResourceTag/${pool}`]: "*" },
  };
  const asOurs = { [`aws:RequestTag/${owned}`]: "owned", "aws:RequestTag/eks:eks-cluster-name": cluster };
  const profileOfRegion = (kind: "Request" | "Resource") => ({
    [`aws:${kind}Tag/topology.kubernetes.io/region`]: region,
  });
  const profileIsOurs = { [`aws:ResourceTag/${owned}`]: "owned", ...profileOfRegion("Resource") };
  const made = ec2("fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request");

  const Statement: readonly Statement[] = [
    {
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: [
        ...["image", "snapshot"].map((kind) => `arn:${partition}:ec2:${region}::${kind}/*`),
        ...ec2("security-group", "subnet", "capacity-reservation", "placement-group"),
      ],
    },
    {
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: ec2("launch-template"),
      Condition: isOurs,
    },
    {
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      Resource: made,
      Condition: { StringEquals: asOurs, StringLike: { [`aws:RequestTag/${pool}`]: "*" } },
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: made,
      Condition: {
        StringEquals: { ...asOurs, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
        StringLike: { [`aws:RequestTag/${pool}`]: "*" },
      },
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: ec2("instance"),
      Condition: {
        ...isOurs,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
    {
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: ec2("instance", "launch-template"),
      Condition: isOurs,
    },
    {
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: nodeRole,
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    {
      Effect: "Allow",
      Action: ["iam:CreateInstanceProfile"],
      Resource: profiles,
      Condition: {
        StringEquals: { ...asOurs, ...profileOfRegion("Request") },
        StringLike: { [`aws:RequestTag/${nodeClass}`]: "*" },
      },
    },
    {
      Effect: "Allow",
      Action: ["iam:TagInstanceProfile"],
      Resource: profiles,
      Condition: {
        StringEquals: { ...profileIsOurs, ...asOurs, ...profileOfRegion("Request") },
        StringLike: { [`aws:ResourceTag/${nodeClass}`]: "*", [`aws:RequestTag/${nodeClass}`]: "*" },
      },
    },
    {
      Effect: "Allow",
      Action: ["AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile", "DeleteInstanceProfile"].map(
        (action) => `iam:${action}`,
      ),
      Resource: profiles,
      Condition: { StringEquals: profileIsOurs, StringLike: { [`aws:ResourceTag/${nodeClass}`]: "*" } },
    },
    {
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      Resource: queue,
    },
    {
      Effect: "Allow",
      Action: ["eks:DescribeCluster"],
      Resource: `arn:${partition}:eks:${region}:*:cluster/${cluster}`,
    },
    {
      Effect: "Allow",
      Action: [
        ...["CapacityReservations", "Images", "Instances", "InstanceStatus", "InstanceTypeOfferings", "InstanceTypes"],
        ...["LaunchTemplates", "PlacementGroups", "SecurityGroups", "SpotPriceHistory", "Subnets"],
      ].map((what) => `ec2:Describe${what}`),
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: `arn:${partition}:ssm:${region}::parameter/aws/service/*`,
    },
    { Effect: "Allow", Action: ["pricing:GetProducts", "iam:ListInstanceProfiles"], Resource: "*" },
    { Effect: "Allow", Action: ["iam:GetInstanceProfile"], Resource: profiles },
  ];
  return { Version: "2012-10-17", Statement };
}
