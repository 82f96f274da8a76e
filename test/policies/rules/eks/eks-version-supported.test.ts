import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Mesh } from "../../../../policies/model/mesh.ts";
import { eksVersionSupported } from "../../../../policies/rules/eks/eks-version-supported.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { meshObject, unknown } from "../../judge.ts";

// 1.35 is in standard support for 61 days more, and 1.34 has been out of it for a while.
beforeAll(() => {
  vi.useFakeTimers({ now: new Date("2027-01-25T00:00:00Z"), toFake: ["Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});

describeRule(eksVersionSupported, {
  accepts: {
    "a version with two months left": [awsCluster({ version: "1.35" })],
    "a component with such a version": [eksCluster({ version: "1.35" })],
    "a version whose end AWS has not said": [awsCluster({ version: "1.36" })],
    "a version that is newer than the list": [awsCluster({ version: "1.99" })],
    "no version, of which another rule tells": [awsCluster({})],
  },
  refuses: {
    "a version out of standard support": [[awsCluster({ version: "1.34" })], "0 version"],
    "a version that nobody knows any more": [[eksCluster({ version: "1.29" })], "0 version"],
    "a component's part, once": [
      [eksCluster({ version: "1.34" }), awsCluster({ version: "1.34" }, ["eks:index:Cluster"])],
      "1 version",
    ],
  },
  waits: { "a computed version": [[awsCluster({ version: unknown.text })], "0 version"] },
});

describe("two months before the end of standard support", () => {
  const said = (day: string) => {
    vi.setSystemTime(new Date(`${day}T12:00:00Z`));
    const mesh = new Mesh([meshObject("aws:eks/cluster:Cluster", "c", { version: "1.35" })]);
    return [...eksVersionSupported.checkMesh(mesh)].map(({ message }) => message);
  };

  it.each([
    ["2027-01-25", []],
    ["2027-01-26", ["upgrade to the next minor version before 2027-03-27, when standard support ends"]],
    ["2027-03-26", ["upgrade to the next minor version before 2027-03-27, when standard support ends"]],
    ["2027-03-27", ["upgrade to the next minor version now: standard support has ended"]],
  ])("on %s, says %j", (day, messages) => {
    expect(said(day)).toEqual(messages);
  });
});
