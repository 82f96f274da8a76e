import awsData from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import { jsonProblems, problem, type AwsType } from "./type.ts";
import { arnOf } from "./networkParts.ts";

const { lengths } = awsData;

/** AWS's model has it in words only. See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const LONGEST_QUEUE_NAME = 80;

const QUEUE = "aws:sqs/queue:Queue";
const RULE = "aws:cloudwatch/eventRule:EventRule";

/** Events, and the queues that they go to. */
export const eventTypes: Readonly<Record<string, AwsType>> = {
  [QUEUE]: {
    title: "SQS Queue",
    makes: "CreateQueue",
    id: ({ name }, { region, accountId }) => `https://sqs.${region}.amazonaws.com/${accountId}/${name}`,
    conflicts: [
      ["name", "namePrefix"],
      ["kmsMasterKeyId", "sqsManagedSseEnabled"],
    ],
    problems: ({ messageRetentionSeconds: seconds }) =>
      typeof seconds === "number" && (seconds < 60 || seconds > 1_209_600)
        ? [problem("messageRetentionSeconds", `expected to be in the range (60 - 1209600), got ${seconds}`)]
        : [],
    fixed: ["name", "namePrefix", "fifoQueue"],
    autoname: { property: "name", longest: LONGEST_QUEUE_NAME },
    lengths: { name: LONGEST_QUEUE_NAME },
    outputs: ({ name }, id, birth) => ({ url: id, arn: arnOf("sqs", birth, name) }),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    title: "SQS Queue Policy",
    makes: "SetQueueAttributes",
    id: ({ queueUrl }) => queueUrl,
    required: ["queueUrl", "policy"],
    problems: ({ policy }) => jsonProblems("policy", policy),
    fixed: ["queueUrl"],
    references: [{ path: "queueUrl", type: QUEUE, missing: "AWS.SimpleQueueService.NonExistentQueue" }],
  },
  [RULE]: {
    title: "EventBridge Rule",
    makes: "PutRule",
    id: ({ name }) => name,
    conflicts: [["name", "namePrefix"]],
    problems: ({ eventPattern }) => jsonProblems("eventPattern", eventPattern),
    fixed: ["name", "namePrefix", "eventBusName"],
    autoname: { property: "name", longest: lengths.events.RuleName },
    lengths: { name: lengths.events.RuleName },
    outputs: ({ name }, _, birth) => ({ arn: arnOf("events", birth, `rule/${name}`) }),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    title: "EventBridge Target",
    makes: "PutTargets",
    id: ({ rule }, { random }) => `${rule}-${random}`,
    required: ["rule", "arn"],
    fixed: ["rule", "targetId", "eventBusName"],
    references: [
      { path: "rule", type: RULE, by: "name", missing: "ResourceNotFoundException", holds: "ValidationException" },
    ],
  },
};
