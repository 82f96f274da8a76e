// A policy for whoever deploys a stack on EKS: the calls that the program makes, each as narrow as AWS lets it be.
import type { Statement as PolicyStatement } from "../../components/cluster/eks/loadBalancerPolicy.ts";
import { allCalls } from "./calls.ts";
import iam from "./iam.json" with { type: "json" };

interface Action {
  /** As AWS's reference of IAM has it: Read, List, Write, Tagging, Permissions management. */
  readonly level: string;
  /** Whether everything that it works on can be told by its tags. */
  readonly isTagged: boolean;
  /** The resource types that it can be narrowed to. */
  readonly resources: readonly string[];
}

export const ACTIONS: Readonly<Record<string, Action>> = iam.actions;

export interface Statement extends PolicyStatement {
  readonly Sid: string;
}

/** To be filled in: the account's number, the region, and the cluster's name. */
const [ACCOUNT, REGION, CLUSTER] = ["ACCOUNT", "REGION", "CLUSTER"];
const arn = (service: string, resource: string, region = REGION): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

/** Roles are called after the component that has them. */
const OWN_ROLES = arn("iam", "role/cluster-*", "");

const IN_REGION = { StringEquals: { "aws:RequestedRegion": REGION } };
/** The tag that the program gives to all that it makes. */
const IS_OWN = { StringLike: { "aws:ResourceTag/Name": `${CLUSTER}*` } };

interface Part {
  readonly Sid: string;
  readonly holds: (call: string) => boolean;
  readonly Resource: Statement["Resource"];
  readonly Condition?: NonNullable<Statement["Condition"]>;
}

const is =
  (...calls: readonly string[]) =>
  (call: string) =>
    calls.includes(call);
const of = (service: string) => (call: string) => call.startsWith(`${service}:`);
const isRead = (call: string): boolean => ["Read", "List"].includes(ACTIONS[call]?.level ?? "");
/** The rules of the VPC's default security group go before it has a tag. */
const isOfSecurityGroupRules = (call: string): boolean => /^ec2:\w*SecurityGroup(Rule|Ingress|Egress)/.test(call);

/** Each call is in the first part that holds it. */
const PARTS: readonly Part[] = [
  // A parameter may be a secret: those of AWS are for everybody.
  { Sid: "Releases", holds: of("ssm"), Resource: `arn:aws:ssm:${REGION}::parameter/aws/service/*` },
  { Sid: "Look", holds: isRead, Resource: "*" },
  {
    Sid: "ChangeOwnNetwork",
    // What is to be made has no tag yet.
    holds: (call) =>
      of("ec2")(call) && ACTIONS[call]?.isTagged === true && !isNew(call) && !isOfSecurityGroupRules(call),
    Resource: "*",
    Condition: IS_OWN,
  },
  {
    Sid: "Make",
    holds: (call) => of("ec2")(call) || call === "eks:CreateCluster",
    Resource: "*",
    Condition: IN_REGION,
  },
  {
    Sid: "OwnCluster",
    holds: of("eks"),
    Resource: [
      arn("eks", `cluster/${CLUSTER}`),
      ...["nodegroup", "addon", "access-entry", "podidentityassociation"].map((kind) =>
        arn("eks", `${kind}/${CLUSTER}/*`),
      ),
    ],
  },
  {
    Sid: "GiveRolesToAws",
    holds: is("iam:PassRole"),
    Resource: OWN_ROLES,
    Condition: {
      StringEquals: {
        "iam:PassedToService": ["eks", "ec2", "pods.eks", "vpc-flow-logs"].map((name) => `${name}.amazonaws.com`),
      },
    },
  },
  {
    Sid: "RolesOfAws",
    holds: is("iam:CreateServiceLinkedRole"),
    Resource: arn("iam", "role/aws-service-role/*", ""),
    Condition: {
      StringEquals: { "iam:AWSServiceName": ["eks", "eks-nodegroup", "spot"].map((name) => `${name}.amazonaws.com`) },
    },
  },
  // Those of Auto Mode, which EKS names.
  {
    Sid: "AutoMode",
    holds: (call) => of("iam")(call) && call.includes("InstanceProfile"),
    Resource: [arn("iam", "instance-profile/eks*", ""), OWN_ROLES],
  },
  { Sid: "OwnRoles", holds: of("iam"), Resource: OWN_ROLES },
  {
    Sid: "MakeKeys",
    holds: is("kms:CreateKey"),
    Resource: "*",
    Condition: { StringLike: { "aws:RequestTag/Name": `${CLUSTER}*` } },
  },
  { Sid: "OwnKeys", holds: of("kms"), Resource: arn("kms", "key/*"), Condition: IS_OWN },
  // How the autoscaler hears of machines that AWS is about to take.
  {
    Sid: "OwnEvents",
    holds: (call) => of("sqs")(call) || of("events")(call),
    Resource: [arn("sqs", "cluster-*"), arn("events", "rule/cluster-*")],
  },
  { Sid: "SendFlowLogs", holds: is("logs:CreateLogDelivery", "logs:DeleteLogDelivery"), Resource: "*" },
  {
    Sid: "OwnLogs",
    holds: of("logs"),
    Resource: [`/aws/eks/${CLUSTER}/cluster*`, "cluster-network-flow-logs-*"].map((group) =>
      arn("logs", `log-group:${group}`),
    ),
  },
];

const isNew = (call: string): boolean =>
  /^ec2:(Create|Allocate|Run)/.test(call) && !["ec2:CreateRoute", "ec2:CreateLaunchTemplateVersion"].includes(call);

/** An alias takes the right to the key and to its name. */
const aliases = (calls: readonly string[]): Statement => ({
  Sid: "OwnAliases",
  Effect: "Allow",
  Action: calls.filter((call) => /^kms:\w+Alias$/.test(call)).sort(),
  Resource: arn("kms", `alias/${CLUSTER}/*`),
});

/** Calls that only describe, by the beginning that they share: all of them together would be longer than IAM takes. */
const DESCRIBE = [
  // Both directions, which are all that there are.
  "ec2:UpdateSecurityGroupRuleDescriptions",
  ...["ec2:Describe", "eks:Describe", "eks:List", "events:List", "iam:List", "kms:List", "sqs:Get", "sqs:List"],
];

const short = (calls: readonly string[]): string[] =>
  [
    ...new Set(
      calls.map((call) => DESCRIBE.flatMap((start) => (call.startsWith(start) ? `${start}*` : []))[0] ?? call),
    ),
  ].sort();

/** The policy, as IAM takes it once the three names are filled in. */
export function deployerPolicy(): { readonly Version: string; readonly Statement: readonly Statement[] } {
  const calls = allCalls();
  const taken = calls.map((call) => [call, PARTS.find(({ holds }) => holds(call))] as const);
  const homeless = taken.filter(([, part]) => !part).map(([call]) => call);
  if (homeless.length > 0) throw new Error(`no part of the policy has ${homeless.join(", ")}`);
  const statements = PARTS.map(({ Sid, Resource, Condition }): Statement => ({
    Sid,
    Effect: "Allow",
    Action: short(taken.flatMap(([call, part]) => (part?.Sid === Sid ? call : []))),
    Resource,
    ...(Condition && { Condition }),
  }));
  return {
    Version: "2012-10-17",
    Statement: [...statements, aliases(calls)].filter(({ Action }) => Action.length > 0),
  };
}
