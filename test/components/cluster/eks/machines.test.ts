import { describe, expect, it } from "vitest";
import { amiType, architectureOf, dataDisk, systemDisk } from "../../../../components/cluster/eks/machines.ts";

describe("the architecture of an instance type", () => {
  it.each([
    "a1.large",
    "t4g.small",
    "m7g.large",
    "m6gd.2xlarge",
    "c7gn.xlarge",
    "r8g.metal-24xl",
    "x2gd.large",
    "im4gn.large",
    "g5g.xlarge",
  ])("%s is arm64", (type) => {
    expect(architectureOf(type)).toBe("arm64");
  });

  it.each([
    "t3.medium",
    "m7i.large",
    "m7i-flex.large",
    "c6a.xlarge",
    "g4dn.xlarge",
    "g5.xlarge",
    "p5.48xlarge",
    "u-6tb1.metal",
    "inf2.xlarge",
  ])("%s is amd64", (type) => {
    expect(architectureOf(type)).toBe("amd64");
  });
});

describe("the image of a node", () => {
  it.each([
    ["al2023", "arm64", "AL2023_ARM_64_STANDARD", "/dev/xvda", undefined],
    ["al2023", "amd64", "AL2023_x86_64_STANDARD", "/dev/xvda", undefined],
    ["bottlerocket", "arm64", "BOTTLEROCKET_ARM_64", "/dev/xvdb", "/dev/xvda"],
    ["bottlerocket", "amd64", "BOTTLEROCKET_x86_64", "/dev/xvdb", "/dev/xvda"],
  ] as const)("%s for %s is %s, with its pods on %s", (os, architecture, image, disk, system) => {
    expect([amiType(os, architecture), dataDisk(os), systemDisk(os)]).toEqual([image, disk, system]);
  });
});
