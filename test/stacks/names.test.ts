import { afterAll, beforeAll, describe, expect, it } from "vitest";
import awsData from "../../components/cluster/eks/aws.json" with { type: "json" };
import { longestGroupName } from "../../components/cluster/eks/nodeGroupNames.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { TYPES } from "../../testbed/pulumi/aws/types/index.ts";
import { insideCluster } from "../components/cluster/eks/insideCluster.ts";
import { the, type Recorded } from "../recorder.ts";
import { AwsUnderTest, refusedBy } from "../testbed/pulumi/aws/awsUnderTest.ts";
import type { Config } from "../wholeProgram.ts";
import { runStack, stackFile } from "./program.ts";

const { lengths } = awsData;

interface Eks {
  readonly nodes?: Readonly<Record<string, object>>;
}

/** A stack on EKS in which each name is as long as it may be. */
function withLongestNames(stack: string): Config {
  const config = stackFile(stack);
  const { eks } = config["mesh:cluster"] as { readonly eks: Eks };
  const groups = Object.values(eks.nodes ?? {});
  const nodes = Object.fromEntries(groups.map((group, index) => [`${index}`.padEnd(longestGroupName, "n"), group]));
  return { ...config, "mesh:cluster": { eks: { ...eks, name: "c".repeat(lengths.eks.ClusterName), nodes } } };
}

let aws: AwsUnderTest;
beforeAll(() => {
  aws = new AwsUnderTest();
});
afterAll(() => {
  aws.remove();
});

describe.each(["dev", "staging", "prod"])("the stack %s with the longest names", (stack) => {
  let resources: readonly Recorded[];
  beforeAll(async () => {
    const { resources: own } = await runStack(withLongestNames(stack));
    resources = [...own, ...(await insideCluster(the(own, "eks:index:Cluster", "cluster-control")))].filter(
      ({ type }) => type.startsWith("aws:"),
    );
  }, 120_000);

  it("is right", () => {
    expect(settingsProblems(withLongestNames(stack))).toEqual([]);
  });

  it("has no name, nor any other text, that the AWS plugin or AWS finds too long", async () => {
    expect(resources.length).toBeGreaterThan(40);
    for (const { type, name, inputs } of resources) {
      expect(await refusedBy(aws.check(type, inputs, {}, name)), `${type} ${name}`).toEqual([]);
    }
  });

  it("has no policy that is too long", () => {
    for (const { type, inputs } of resources.filter(({ type: each }) => each.startsWith("aws:iam/"))) {
      expect(() => TYPES[type]?.beforeCreate?.(inputs, aws.account)).not.toThrow();
    }
  });
});
