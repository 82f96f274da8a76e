import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface FlowLogsArgs {
  readonly vpc: aws.ec2.Vpc;
  /** Days for which the record is kept. */
  readonly retention: number;
  readonly tags: Record<string, string>;
  readonly parent: pulumi.Resource;
}

/**
 * A record of every connection in a VPC, in CloudWatch.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export function addFlowLogs(name: string, { vpc, retention, tags, parent }: FlowLogsArgs): void {
  const group = new aws.cloudwatch.LogGroup(`${name}-flow-logs`, { retentionInDays: retention, tags }, { parent });
  const role = new aws.iam.Role(
    `${name}-flow-logs`,
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "vpc-flow-logs.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
      tags,
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-flow-logs`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: pulumi.interpolate`${group.arn}:*`,
          },
          { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
        ],
      }),
    },
    { parent },
  );
  new aws.ec2.FlowLog(
    name,
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags,
    },
    { parent, dependsOn: [policy] },
  );
}
