import { describe, expect, it } from "vitest";
import lists from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import { areEquallyBig, isUnlisted, typeProblem } from "../../../../components/cluster/eks/instanceTypes.ts";
import { partitionOf, regions } from "../../../../components/cluster/eks/region.ts";

const all = Object.entries(lists.instanceTypes).flatMap(([family, sizes]) => sizes.map((size) => `${family}.${size}`));

describe(`the lists of ${lists.asOf}, from botocore ${lists.botocore}`, () => {
  it("say when they were taken, and from what", () => {
    expect(lists.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Date.parse(lists.asOf)).toBeLessThanOrEqual(Date.now());
    expect(lists.botocore).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("have more than a thousand types, each as a stack file writes them, and none twice", () => {
    expect(all.length).toBeGreaterThan(1000);
    for (const type of all) expect(type).toMatch(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/);
    expect(new Set(all).size).toBe(all.length);
  });

  it("have regions, each in one part of AWS", () => {
    expect(regions.length).toBeGreaterThan(40);
    for (const region of regions) expect(region).toMatch(/^[a-z]{2,4}(-[a-z]+)+-\d$/);
    expect(new Set(regions).size).toBe(regions.length);
  });
});

describe("the part of AWS that a region is in", () => {
  it.each([
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("of %s is %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe("an instance type", () => {
  it("of the list is refused for what it is alone, not for its name", () => {
    const reasons = all.map(typeProblem).filter((reason) => reason !== undefined);
    expect(reasons.filter((reason) => reason.startsWith("is no "))).toEqual([]);
    expect(reasons.length).toBeLessThan(all.length / 5);
  });

  it.each(["m7g.large", "t4g.medium", "c7i-flex.xlarge", "i4i.large", "u-6tb1.metal", "hpc7g.16xlarge"])(
    "%s may be a node",
    (type) => {
      expect(typeProblem(type)).toBeUndefined();
    },
  );

  it.each([
    "g4dn.xlarge",
    "g4ad.xlarge",
    "g5g.xlarge",
    "g6e.xlarge",
    "gr6.4xlarge",
    "p4d.24xlarge",
    "p6-b200.48xlarge",
  ])("%s has a GPU", (type) => {
    expect(typeProblem(type)).toMatch(/no drivers/);
  });

  it.each([
    ["m7g.lagre", /did you mean m7g\.large\?/],
    ["m7g.3xlarge", /did you mean m7g\.2xlarge\?/],
    ["c7iflex.large", /did you mean c7i-flex\.large\?/],
    ["m7g.enormous", /its family has .*medium.*\./],
  ])("%s is none", (type, hint) => {
    expect(typeProblem(type)).toMatch(hint);
    expect(typeProblem(type)).toContain("`make aws-data`");
  });

  it.each(["m10g.large", "z9.large"])("%s may be newer than the list", (type) => {
    expect(typeProblem(type)).toBeUndefined();
    expect(isUnlisted(type)).toBe(true);
  });

  it("of the list is known", () => {
    expect(all.filter(isUnlisted)).toEqual([]);
  });
});

describe("two types", () => {
  it.each([
    ["m7g.large", "t4g.large", true],
    ["m7i.xlarge", "m6a.xlarge", true],
    ["c7g.large", "t4g.medium", true],
    ["m7g.large", "m7g.xlarge", false],
    ["m7g.large", "c7g.large", false],
    ["m7g.medium", "t4g.medium", false],
    ["c7g.xlarge", "r7g.xlarge", false],
    ["i4i.large", "r7i.large", true],
    ["m7g.metal", "m6g.metal", true],
    ["m7g.metal", "m7g.16xlarge", false],
  ])("%s and %s are equally big: %s", (one, other, expected) => {
    expect(areEquallyBig(one, other)).toBe(expected);
    expect(areEquallyBig(other, one)).toBe(expected);
  });
});
