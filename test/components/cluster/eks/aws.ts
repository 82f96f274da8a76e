import type { RecordOptions } from "../../../recorder";

/** What AWS and the EKS plugin say of what they made, as far as the program asks. */
export const awsOutputs: NonNullable<RecordOptions["outputs"]> = ({ type, name }) => {
  switch (type) {
    case "eks:index:Cluster":
      return { eksCluster: { name: "mesh-test" }, kubeconfigJson: '{"kind":"Config"}' };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { latestVersion: 1 };
    case "aws:kms/key:Key":
      return { keyId: name, arn: `arn:aws:kms:eu-west-1:111122223333:key/${name}` };
    case "aws:iam/role:Role":
      return { name, arn: `arn:aws:iam::111122223333:role/${name}` };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn: `arn:aws:logs:eu-west-1:111122223333:log-group:${name}` };
    default:
      return {};
  }
};

/** What AWS says of an account in which there is nothing yet. */
export const awsCalls: NonNullable<RecordOptions["calls"]> = ({ token }) => {
  switch (token) {
    case "aws:eks/getClusters:getClusters":
      return { names: [] };
    case "aws:cloudwatch/getLogGroups:getLogGroups":
      return { logGroupNames: [] };
    default:
      throw new Error(`the test does not know the call ${token}`);
  }
};

/** The types of resources that a cluster consists of. */
export const CLUSTER_TYPES = new RegExp(
  "^(mesh:cluster:\\w+|pulumi:providers:kubernetes|eks:index:Cluster" +
    "|aws:(ec2|iam|kms|eks|cloudwatch)/\\w+:\\w+" +
    "|kubernetes:(helm\\.sh/v3:Release|storage\\.k8s\\.io/v1:StorageClass))$",
);
