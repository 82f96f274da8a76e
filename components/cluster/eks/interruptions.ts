import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What AWS says of machines that go, by a name of our own. */
const EVENTS = {
  health: { source: "aws.health", type: "AWS Health Event" },
  spot: { source: "aws.ec2", type: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", type: "EC2 Instance Rebalance Recommendation" },
  state: { source: "aws.ec2", type: "EC2 Instance State-change Notification" },
  reservation: { source: "aws.ec2", type: "EC2 Capacity Reservation Instance Interruption Warning" },
} as const;

/**
 * A queue that gets word of every machine that AWS is about to take, so that its pods are moved in time.
 *
 * @see https://karpenter.sh/docs/concepts/disruption/#interruption
 */
export class Interruptions extends pulumi.ComponentResource {
  readonly queueName: pulumi.Output<string>;
  readonly queueArn: pulumi.Output<string>;

  constructor(name: string, { cluster }: { readonly cluster: string }, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:Interruptions", name, {}, options);
    const tags = { Name: `${cluster}-interruptions` };
    const queue = new aws.sqs.Queue(
      name,
      { messageRetentionSeconds: 300, sqsManagedSseEnabled: true, tags },
      { parent: this },
    );
    new aws.sqs.QueuePolicy(
      name,
      { queueUrl: queue.url, policy: pulumi.jsonStringify(queuePolicy(queue.arn)) },
      { parent: this },
    );
    for (const [event, { source, type }] of Object.entries(EVENTS)) {
      const rule = new aws.cloudwatch.EventRule(
        `${name}-${event}`,
        {
          description: `${type}: for the autoscaler of the cluster ${cluster}`,
          eventPattern: JSON.stringify({ source: [source], "detail-type": [type] }),
          tags,
        },
        { parent: this },
      );
      new aws.cloudwatch.EventTarget(`${name}-${event}`, { rule: rule.name, arn: queue.arn }, { parent: this });
    }
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    this.registerOutputs();
  }
}

const queuePolicy = (queue: pulumi.Input<string>) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["events.amazonaws.com", "sqs.amazonaws.com"] },
      Action: "sqs:SendMessage",
      Resource: queue,
    },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queue,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});
