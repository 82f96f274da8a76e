// The judge itself: what it is there to find, it finds.
import { beforeAll, describe, expect, it } from "vitest";
import { Botocore } from "./botocore.ts";
import { judged } from "./judge.ts";
import { excesses } from "./limits.ts";
import { requestsFor, type Given } from "./requests.ts";

let botocore: Botocore;
beforeAll(async () => {
  botocore = await Botocore.installed();
}, 120_000);

const VPC = "aws:ec2/vpc:Vpc";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const ROLE = "aws:iam/role:Role";
const nodes = { clusterName: "mesh", nodeGroupName: "nodes", nodeRoleArn: "arn", subnetIds: ["subnet-1"] };
const role = { name: "nodes", assumeRolePolicy: "{}" };

describe("inputs become requests", () => {
  it.each<[what: string, given: Omit<Given, "name">, requests: readonly object[]]>([
    [
      "attributes of a network, in a call of their own",
      { type: VPC, inputs: { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, tags: { Name: "mesh" } } },
      [
        {
          ...{ service: "ec2", operation: "CreateVpc" },
          input: {
            CidrBlock: "10.0.0.0/16",
            TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "Name", Value: "mesh" }] }],
          },
        },
        {
          service: "ec2",
          operation: "ModifyVpcAttribute",
          input: { VpcId: "thing", EnableDnsSupport: { Value: true } },
        },
      ],
    ],
    [
      "members of other names, and nothing of what is empty",
      { type: NODES, inputs: { ...nodes, labels: {}, taints: [], scalingConfig: { minSize: 1 } } },
      [
        {
          ...{ service: "eks", operation: "CreateNodegroup" },
          input: {
            ...{ clusterName: "mesh", nodegroupName: "nodes", nodeRole: "arn", subnets: ["subnet-1"] },
            scalingConfig: { minSize: 1 },
          },
        },
      ],
    ],
    [
      "the same member of two calls",
      {
        type: "aws:eks/addon:Addon",
        inputs: {
          ...{ clusterName: "mesh", addonName: "coredns", preserve: true },
          ...{ resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "PRESERVE" },
        },
      },
      [
        { operation: "CreateAddon", input: { resolveConflicts: "OVERWRITE" } },
        { operation: "UpdateAddon", input: { clusterName: "mesh", resolveConflicts: "PRESERVE" } },
        { operation: "DeleteAddon", input: { clusterName: "mesh", addonName: "coredns", preserve: true } },
      ],
    ],
    [
      "attributes as texts",
      { type: "aws:sqs/queue:Queue", inputs: { name: "q", messageRetentionSeconds: 300, sqsManagedSseEnabled: true } },
      [{ input: { QueueName: "q", Attributes: { MessageRetentionPeriod: "300", SqsManagedSseEnabled: "true" } } }],
    ],
    [
      "tags that everything gets, below the resource's own",
      { type: ROLE, inputs: { ...role, tags: { Name: "nodes" } }, defaultTags: { Name: "all", team: "mesh" } },
      [
        {
          input: {
            Tags: [
              { Key: "Name", Value: "nodes" },
              { Key: "team", Value: "mesh" },
            ],
          },
        },
      ],
    ],
    [
      "no tags for what can have none",
      { type: "aws:kms/alias:Alias", inputs: { name: "alias/a", targetKeyId: "1" }, defaultTags: { team: "mesh" } },
      [{ service: "kms", operation: "CreateAlias", input: { AliasName: "alias/a", TargetKeyId: "1" } }],
    ],
  ])("%s", (_what, given, requests) => {
    expect(requestsFor({ name: "thing", ...given }, botocore.modelOf)).toMatchObject({ requests, problems: [] });
  });
});

const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, ""]));

const WRONG: readonly [what: string, type: string, inputs: Given["inputs"], finding: string][] = [
  ["a type that nobody has translated", "aws:s3/bucket:Bucket", {}, "has no entry in test/awsApi/translations.ts"],
  ["an input that AWS does not have", VPC, { color: "red" }, "color is nothing that AWS's API takes"],
  [
    "an input within another that AWS does not have",
    NODES,
    { ...nodes, scalingConfig: { size: 1 } },
    "scalingConfig.size is nothing that AWS's API takes",
  ],
  ["a word that AWS does not know", VPC, { instanceTenancy: "mine" }, "ec2:CreateVpc.InstanceTenancy is mine, none of"],
  ["a text that is too long", ROLE, { ...role, name: "n".repeat(65) }, "iam:CreateRole.RoleName is 65, at most"],
  ["a text that is too short", ROLE, { ...role, permissionsBoundary: "arn" }, "Invalid length for parameter"],
  ["a text with wrong characters", ROLE, { ...role, name: "nö" }, "iam:CreateRole.RoleName is nö, which is not"],
  ["a number that is too big", ROLE, { ...role, maxSessionDuration: 43_201 }, "MaxSessionDuration is 43201, at most"],
  ["a number that is too small", ROLE, { ...role, maxSessionDuration: 1 }, "Invalid value for parameter MaxSession"],
  ["too many", ROLE, { ...role, tags: many }, "iam:CreateRole.Tags is 51, at most it may be 50"],
  ["what is of another type", VPC, { cidrBlock: ["10.0.0.0/16"] }, "Invalid type for parameter CidrBlock"],
  ["what is missing", ROLE, { name: "nodes" }, 'Missing required parameter in input: "AssumeRolePolicyDocument"'],
];

describe("it finds", () => {
  let found: readonly string[][];
  beforeAll(async () => {
    const given = WRONG.map(([, type, inputs]) => ({ type, name: "thing", inputs }));
    found = await judged(given, botocore);
  });

  it.each(WRONG.map((each, index) => [...each, index] as const))("%s", (_what, type, _inputs, finding, index) => {
    expect(found[index]).toEqual([expect.stringContaining(`${type} thing: `)]);
    expect(found[index]?.[0]).toContain(finding);
  });
});

it("finds a word that AWS does not know as the key of a map", () => {
  const request = { service: "sqs", operation: "CreateQueue", input: { QueueName: "q", Attributes: { Color: "red" } } };
  expect(excesses(request, botocore.modelOf)).toEqual([
    expect.stringContaining("sqs:CreateQueue.Attributes key Color is Color, none of All, Policy,"),
  ]);
});
