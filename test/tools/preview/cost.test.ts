import { describe, expect, it } from "vitest";
import { costs, costText, LEFT_OUT } from "../../../tools/preview/cost.ts";
import { stepsIn } from "../../../tools/preview/events.ts";
import { LARGE } from "../../../tools/preview/prices.ts";
import awsData from "../../../components/cluster/eks/aws.json" with { type: "json" };
import { recorded, stepOf } from "./recordings.ts";

const { instanceTypes } = awsData;

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const group = (type: string, desiredSize: number, capacityType = "ON_DEMAND") => ({
  instanceTypes: [type],
  scalingConfig: { desiredSize },
  capacityType,
});
const one = (inputs: object, region = "us-east-1") =>
  costs([{ type: GROUP, name: "g", inputs: { ...inputs } }], region)[0]?.dollars;

describe("the estimate", () => {
  it("says that it is one, of what day, and what it leaves out", () => {
    const text = costText(stepsIn(recorded("prod")), "eu-west-1").join("\n");
    expect(text).toMatch(/^about \$\d{3} a month, an estimate:/);
    expect(text).toContain(LEFT_OUT);
    expect(text).toMatch(/List prices as of \d{4}-\d{2} \(https:/);
  });

  it("has what AWS takes by the hour", () => {
    const lines = costText(stepsIn(recorded("prod")), "eu-west-1");
    for (const line of ["control plane: 1, $73", "interface endpoints: 2 in 3 zones", "public addresses: 6, $22"]) {
      expect(lines.filter((each) => each.includes(line))).toHaveLength(1);
    }
  });

  it("says by how much a change is dearer, or cheaper", () => {
    expect(costText(stepsIn(recorded("size")), "eu-west-1")[0]).toMatch(/^about \$\d+ a month, \+\$71, an estimate:$/);
    const step = stepOf({ type: GROUP, before: group("m7g.large", 2), after: group("m7g.large", 1) });
    expect(costText([step], "us-east-1")[0]).toBe("about $60 a month, -$59, an estimate:");
  });

  it("is one line where nothing changes", () => {
    const step = stepOf({ type: GROUP, op: "same", before: group("m7g.large", 1), after: group("m7g.large", 1) });
    expect(costText([step], "us-east-1")).toEqual(["unchanged, about $60 a month, an estimate"]);
  });

  it("is nothing for a stack without AWS", () => {
    expect(costText([stepOf({ type: "kubernetes:core/v1:Service", after: {} })], "")).toEqual([]);
  });

  it("goes by number, size, Spot and region", () => {
    const large = one(group("m7g.large", 1)) ?? NaN;
    expect(one(group("m7g.large", 3))).toBeCloseTo(3 * large);
    expect(one(group("m7g.2xlarge", 1))).toBeCloseTo(4 * large);
    expect(one(group("m7g.large", 1, "SPOT"))).toBeLessThan(large);
    expect(one(group("m7g.large", 1), "eu-central-1")).toBeGreaterThan(large);
  });

  it("says where it knows no price", () => {
    const step = stepOf({ type: GROUP, name: "gpu", after: group("p5.48xlarge", 1) });
    const text = costText([step], "ap-east-2").join("\n");
    expect(text).toContain("nodes gpu: 1 p5.48xlarge, unknown price");
    expect(text).toMatch(/Not included: nodes gpu \(1 p5\.48xlarge\), traffic/);
    expect(text).toContain("for us-east-1: prices for ap-east-2 are unknown");
  });

  it("knows the load balancer of a mesh whose cluster is another stack's, in whichever region that is", () => {
    const values = { service: { loadBalancerClass: "service.k8s.aws/nlb" } };
    const step = stepOf({ type: "kubernetes:helm.sh/v3:Release", after: { chart: "gateway", values } });
    const text = costText([step], "").join("\n");
    expect(text).toContain("load balancers: 1, $16");
    expect(text).toMatch(/, for us-east-1\.$/);
  });

  it("knows no family that AWS does not have", () => {
    expect(Object.keys(LARGE).filter((family) => !Object.hasOwn(instanceTypes, family))).toEqual([]);
  });
});
