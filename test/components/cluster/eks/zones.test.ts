import { describe, expect, it } from "vitest";
import { zonesProblem } from "../../../../components/cluster/eks/zones.ts";

/** The zones of a region by letter, with their ids. */
const zones = (region: string, ids: Readonly<Record<string, string>>) => ({
  names: Object.keys(ids).map((letter) => `${region}${letter}`),
  zoneIds: Object.values(ids),
});
const ireland = zones("eu-west-1", { a: "euw1-az3", b: "euw1-az1", c: "euw1-az2" });
const tokyo = zones("ap-northeast-1", { a: "apne1-az4", c: "apne1-az1", d: "apne1-az2" });
const virginia = zones("us-east-1", { a: "use1-az1", b: "use1-az3", c: "use1-az2", d: "use1-az4" });

describe("the zones of a network", () => {
  it.each([
    ["by default", undefined],
    ["named", ["c", "a"]],
  ])("are there, %s", (_how, wanted) => {
    expect(zonesProblem("eu-west-1", wanted, ireland)).toBeUndefined();
  });

  it.each<[why: string, region: string, wanted: string[] | undefined, there: typeof ireland, reason: RegExp]>([
    [
      "the account has not",
      "eu-west-1",
      ["a", "d"],
      ireland,
      /has for clusters of this account: a, b and c; d is not .*; write \[a, b, c\]/,
    ],
    [
      "the region lacks, of those by default",
      "ap-northeast-1",
      undefined,
      tokyo,
      /^is missing: by default it is \[a, b, c\], and b .*: a, c and d; write \[a, c, d\]$/,
    ],
    [
      "have no control planes of EKS",
      "us-east-1",
      ["a", "b"],
      virginia,
      /a, c and d; b is not among them; write \[a, c, d\]/,
    ],
  ])("are not to be those that %s", (_why, region, wanted, there, reason) => {
    expect(zonesProblem(region, wanted, there)).toMatch(reason);
    const [, letters = ""] = /write \[(.*?)\]/.exec(zonesProblem(region, wanted, there) ?? "") ?? [];
    expect(zonesProblem(region, letters.split(", "), there)).toBeUndefined();
  });

  it("are no Local Zones", () => {
    const local = { names: [...ireland.names, "eu-west-1-dub-1d"], zoneIds: [...ireland.zoneIds, "euw1-dub1-az1"] };
    expect(zonesProblem("eu-west-1", ["a", "d"], local)).toContain("a, b and c;");
  });
});
