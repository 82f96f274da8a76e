import { describe, expect, it } from "vitest";
import { awsLists, services, type Model } from "../../../tools/aws/lists.ts";

const partitions = {
  partitions: [
    { id: "aws", regions: { "eu-west-1": {}, "aws-global": {}, "eu-central-1": {} } },
    { id: "aws-cn", regions: { "cn-north-1": {}, "aws-cn-global": {} } },
  ],
};
const origin = { asOf: "2026-11-29", botocore: "1.44.8" };

/** Models in which every text may be as long as its name, and has it as its pattern. */
const shapes = new Proxy<Model["shapes"]>(
  { InstanceType: { enum: ["m7g.large", "a1.medium", "m7g.metal", "m7g.2xlarge"] } },
  { get: (known, name: string) => known[name] ?? { max: name.length, pattern: name } },
);
const models = Object.fromEntries(services.map((service) => [service, { shapes }]));

describe("what botocore knows", () => {
  it("is sorted into families and parts of AWS, with the lengths and patterns of texts", () => {
    expect(awsLists(partitions, models, origin)).toMatchObject({
      asOf: "2026-11-29",
      botocore: "1.44.8",
      regions: { aws: ["eu-central-1", "eu-west-1"], "aws-cn": ["cn-north-1"] },
      instanceTypes: { a1: ["medium"], m7g: ["2xlarge", "large", "metal"] },
      lengths: { iam: { roleNameType: "roleNameType".length }, eks: { ClusterName: "ClusterName".length } },
      patterns: { eks: { ClusterName: "ClusterName" }, iam: { pathType: "pathType" } },
    });
  });

  it("is not taken where it lacks a length or a pattern", () => {
    expect(() => awsLists(partitions, { ...models, kms: { shapes: {} } }, origin)).toThrow(
      "model of kms does not state how long AliasNameType may be",
    );
    const without = new Proxy<Model["shapes"]>({}, { get: (_, name: string) => ({ max: name.length }) });
    expect(() => awsLists(partitions, { ...models, eks: { shapes: without } }, origin)).toThrow(
      "model of eks does not state of what pattern ClusterName may be",
    );
  });
});
