// The deployer's policy, judged by what two packages know of AWS's permissions, and held against what the stacks make.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../../testbed/pulumi/aws/functions.ts";
import { TYPES } from "../../../testbed/pulumi/aws/types/index.ts";
import { allCalls, callsOfType, FUNCTION_CALLS } from "../../../tools/deployer/calls.ts";
import { ACTIONS, deployerPolicy, type Statement } from "../../../tools/deployer/policy.ts";
import type { Recorded } from "../../recorder.ts";
import { runStack, stackFile } from "../../stacks/program.ts";

/** Types of the stand-in that no stack makes. */
const NEVER_MADE = ["aws:iam/policy:Policy"];
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, without white space. */
const LONGEST = 6144;

const policy = deployerPolicy();
const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  ).test(text);
const holdersOf = (call: string): Statement[] =>
  policy.Statement.filter(({ Action }) => Action.some((pattern) => matches(pattern, call)));
const statement = (sid: string): Statement => {
  const found = policy.Statement.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`the policy has no part ${sid}`);
  return found;
};

describe("the deployer's policy", () => {
  it("is the one in docs; else run make deployer-policy", () => {
    const file = readFileSync(join(import.meta.dirname, "../../../docs/deployer-policy.json"), "utf8");
    expect(JSON.parse(file)).toEqual(policy);
  });

  it("has the calls of every type and function that the program knows", () => {
    const types = Object.keys(TYPES).filter((type) => !NEVER_MADE.includes(type));
    const unknown = Object.keys(FUNCTIONS).filter((token) => FUNCTION_CALLS[token] === undefined);
    expect(unknown, "tools/deployer/calls.ts does not know").toEqual([]);
    const calls = [...types.flatMap(callsOfType), ...Object.values(FUNCTION_CALLS).flat()];
    expect(calls.filter((call) => holdersOf(call).length === 0)).toEqual([]);
    expect(() => callsOfType("aws:s3/bucket:Bucket")).toThrow("does not list what aws:s3/bucket:Bucket calls");
  });

  it("has no call that AWS does not know", () => {
    expect(allCalls().filter((call) => ACTIONS[call] === undefined)).toEqual([]);
  });

  it("tells by tags only what AWS can tell by them, and by ARN what has one", () => {
    const tagged = policy.Statement.filter((each) => JSON.stringify(each.Condition ?? {}).includes("ResourceTag"));
    expect(tagged.map(({ Sid }) => Sid)).toEqual(["ChangeOwnNetwork", "OwnKeys"]);
    expect(statement("ChangeOwnNetwork").Action.filter((call) => ACTIONS[call]?.isTagged !== true)).toEqual([]);
    const narrow = policy.Statement.filter(({ Resource }) => Resource !== "*");
    expect(
      narrow.flatMap(({ Action }) => Action).filter((call) => (ACTIONS[call]?.resources ?? []).length === 0),
    ).toEqual([]);
  });

  it("changes nothing without a limit", () => {
    const limitless = policy.Statement.filter(({ Resource, Condition }) => Resource === "*" && !Condition);
    const changing = limitless.flatMap(({ Action }) => Action).filter((call) => !/:(Describe|Get|List)/.test(call));
    expect(changing).toEqual(["logs:CreateLogDelivery", "logs:DeleteLogDelivery"]);
    expect(holdersOf("ssm:GetParameter").map(({ Resource }) => Resource)).toEqual([
      "arn:aws:ssm:REGION::parameter/aws/service/*",
    ]);
  });

  it("is short enough for IAM with long names", () => {
    const filled = JSON.stringify(policy)
      .replaceAll("ACCOUNT", "111122223333")
      .replaceAll("REGION", "ap-southeast-2")
      .replaceAll("CLUSTER", "c".repeat(40));
    expect(filled.length).toBeLessThanOrEqual(LONGEST);
  });
});

describe.each(["dev", "staging", "prod"])("of the stack %s, the policy has", (stack) => {
  let resources: readonly Recorded[];
  let cluster: string;
  beforeAll(async () => {
    ({ resources } = await runStack(stackFile(stack)));
    cluster = String(ofType("eks:index:Cluster")[0]?.inputs.name);
  }, 120_000);
  const ofType = (type: string) => resources.filter((each) => each.type === type);
  const covers = (sid: string, arn: string) =>
    listOf(statement(sid).Resource).some((pattern) =>
      matches(pattern.replaceAll("CLUSTER", cluster).replaceAll("ACCOUNT", "1").replaceAll("REGION", "r"), arn),
    );
  /** What AWS calls a resource that the program does not name begins with what the program calls it. */
  const nameOf = ({ name, inputs }: Recorded) => (typeof inputs.name === "string" ? inputs.name : `${name}-1234567`);

  it("no type that the stand-in does not have", () => {
    const types = resources.map(({ type }) => type).filter((type) => type.startsWith("aws:"));
    expect(types.filter((type) => !Object.hasOwn(TYPES, type) || NEVER_MADE.includes(type))).toEqual([]);
  });

  it("its roles, logs and aliases", () => {
    const foreign = [
      ...ofType("aws:iam/role:Role").filter((each) => !covers("OwnRoles", `arn:aws:iam::1:role/${nameOf(each)}`)),
      ...ofType("aws:cloudwatch/logGroup:LogGroup").filter(
        (each) => !covers("OwnLogs", `arn:aws:logs:r:1:log-group:${nameOf(each)}`),
      ),
      ...ofType("aws:kms/alias:Alias").filter((each) => !covers("OwnAliases", `arn:aws:kms:r:1:${nameOf(each)}`)),
    ];
    expect(foreign).toEqual([]);
    expect(covers("OwnRoles", "arn:aws:iam::1:role/admin")).toBe(false);
  });

  it("what it tells by the tag Name, which all have that can have one", () => {
    const untaggable = /:(Route|RouteTableAssociation)$/;
    const own = resources.filter(({ type }) => /^aws:(ec2|kms)/.test(type) && !/:(Alias)$/.test(type));
    const foreign = own
      .filter(({ type }) => !untaggable.test(type))
      .filter(({ inputs }) => !(inputs.tags as { Name?: string } | undefined)?.Name?.startsWith(cluster));
    expect(foreign.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
  });
});
