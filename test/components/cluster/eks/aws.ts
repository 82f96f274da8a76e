import type { RecordOptions } from "../../../recorder.ts";

/** What AWS and the EKS plugin say of what they made, as far as the program asks. */
export const awsOutputs: NonNullable<RecordOptions["outputs"]> = ({ type, name }) => {
  switch (type) {
    case "eks:index:Cluster":
      return {
        eksCluster: { name: "mesh-test", computeConfig: { nodeRoleArn: "arn:aws:iam::111122223333:role/auto" } },
        kubeconfigJson: '{"kind":"Config"}',
        clusterSecurityGroupId: "sg-cluster",
        oidcIssuer: "oidc.eks.eu-west-1.amazonaws.com/id/1",
      };
    case "aws:ec2/vpc:Vpc":
      return { ipv6CidrBlock: "2a05:d018:12:3400::/56" };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { latestVersion: 1 };
    case "aws:kms/key:Key":
      return { keyId: name, arn: `arn:aws:kms:eu-west-1:111122223333:key/${name}` };
    case "aws:iam/role:Role":
      return { name, arn: `arn:aws:iam::111122223333:role/${name}` };
    case "aws:sqs/queue:Queue":
      return { name, url: `https://${name}`, arn: `arn:aws:sqs:eu-west-1:111122223333:${name}` };
    case "aws:cloudwatch/eventRule:EventRule":
      return { name };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn: `arn:aws:logs:eu-west-1:111122223333:log-group:${name}` };
    default:
      return {};
  }
};

/** The session of a role that runs the program, as STS tells it. */
export const session = (account: string, role: string) => `arn:aws:sts::${account}:assumed-role/${role}/session`;

/** What AWS says to whoever runs the program. */
export const awsCalls = (arn: string = session("111122223333", "ci")): NonNullable<RecordOptions["calls"]> => ({
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ arn, accountId: arn.split(":")[4] }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
    names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    zoneIds: ["euw1-az3", "euw1-az1", "euw1-az2"],
  }),
  "aws:eks/getAddonVersion:getAddonVersion": () => ({ version: "v999.0.0-eksbuild.1" }),
  // Of an account in which there is nothing yet.
  "aws:eks/getClusters:getClusters": () => ({ names: [] }),
  "aws:ec2/getSubnets:getSubnets": () => ({ ids: [] }),
  "aws:cloudwatch/getLogGroups:getLogGroups": () => ({ logGroupNames: [] }),
});

/** The types of resources that a cluster consists of. */
export const CLUSTER_TYPES = new RegExp(
  "^(mesh:cluster:\\w+|pulumi:providers:kubernetes|eks:index:Cluster" +
    "|aws:(ec2|iam|kms|eks|cloudwatch|sqs)/\\w+:\\w+" +
    "|kubernetes:(karpenter\\.sh/v1:NodePool|karpenter\\.k8s\\.aws/v1:EC2NodeClass|helm\\.sh/v3:Release|storage\\.k8s\\.io/v1:StorageClass))$",
);
