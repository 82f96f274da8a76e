import { expect, it } from "vitest";
import { awsLists } from "../../../tools/aws/lists";

it("sorts what botocore knows into families and parts of AWS", () => {
  const lists = awsLists(
    {
      partitions: [
        { id: "aws", regions: { "eu-west-1": {}, "aws-global": {}, "eu-central-1": {} } },
        { id: "aws-cn", regions: { "cn-north-1": {}, "aws-cn-global": {} } },
      ],
    },
    { shapes: { InstanceType: { enum: ["m7g.large", "a1.medium", "m7g.metal", "m7g.2xlarge"] } } },
    { asOf: "2026-11-29", botocore: "1.44.8" },
  );
  expect(lists).toEqual({
    asOf: "2026-11-29",
    botocore: "1.44.8",
    regions: { aws: ["eu-central-1", "eu-west-1"], "aws-cn": ["cn-north-1"] },
    instanceTypes: { a1: ["medium"], m7g: ["2xlarge", "large", "metal"] },
  });
});
