import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "./region.ts";

interface FlowLogsArgs {
  readonly vpc: aws.ec2.Vpc;
  /** The region, e.g. `eu-west-1`. */
  readonly region: string;
  /** Days for which the record is kept. */
  readonly retention: number;
  readonly tags: Record<string, string>;
  readonly parent: pulumi.Resource;
}

/**
 * A record of every connection in a VPC, in CloudWatch.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function addFlowLogs(name: string, { vpc, region, retention, tags, parent }: FlowLogsArgs): void {
  const group = new aws.cloudwatch.LogGroup(`${name}-flow-logs`, { retentionInDays: retention, tags }, { parent });
  const account = aws.getCallerIdentityOutput({}, { parent }).accountId;
  const role = new aws.iam.Role(
    `${name}-flow-logs`,
    {
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
            // The service works for every account: for those of others it must not take this role.
            Condition: {
              StringEquals: { "aws:SourceAccount": account },
              ArnLike: {
                "aws:SourceArn": pulumi.interpolate`arn:${partitionOf(region)}:ec2:${region}:${account}:vpc-flow-log/*`,
              },
            },
          },
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
