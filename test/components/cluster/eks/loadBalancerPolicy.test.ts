import { describe, expect, it } from "vitest";
import { loadBalancerPolicy, type Statement } from "../../../../components/cluster/eks/loadBalancerPolicy.ts";

const policy = loadBalancerPolicy({ cluster: "mesh-dev", region: "eu-west-1" });
const READS = /^(ec2:(Describe|Get)|elasticloadbalancing:Describe)/;

const conditionsOf = ({ Condition = {} }: Statement) => Object.assign({}, ...Object.values(Condition)) as object;
const writes = policy.Statement.filter(({ Action }) => !Action.every((action) => READS.test(action)));
const granting = (action: string) => policy.Statement.filter(({ Action }) => Action.includes(action));

describe("what the load balancer controller may do", () => {
  it("is named action by action", () => {
    for (const { Action } of policy.Statement)
      for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
  });

  it("is to look at everything, and to change what bears this cluster's tag alone", () => {
    for (const statement of writes) {
      // A group is made in a VPC, which bears no tag of the controller; the group itself has its own statement.
      if (statement.Resource === "arn:aws:ec2:eu-west-1:*:vpc/*") continue;
      if (statement.Action.join() === "iam:CreateServiceLinkedRole") continue;
      expect(Object.entries(conditionsOf(statement))).toContainEqual([
        expect.stringMatching(
          /^aws:(Request|Resource)Tag\/(elbv2\.k8s\.aws\/cluster|kubernetes\.io\/cluster\/mesh-dev)$/,
        ),
        expect.stringMatching(/^(mesh-dev|owned)$/),
      ]);
    }
  });

  it("names no resource but by its kind and region", () => {
    for (const { Resource, Action } of writes) {
      if (Action.join() === "iam:CreateServiceLinkedRole") continue;
      for (const arn of [Resource].flat())
        expect(arn).toMatch(/^arn:aws:(ec2|elasticloadbalancing):eu-west-1:\*:[a-z-]+\//);
    }
  });

  it.each([
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteTargetGroup",
    "ec2:DeleteSecurityGroup",
  ])("is %s for what it made itself, so that a destroyed stack leaves nothing", (action) => {
    expect(granting(action).map(conditionsOf)).toEqual([{ "aws:ResourceTag/elbv2.k8s.aws/cluster": "mesh-dev" }]);
  });

  it("does not reach beyond Network Load Balancers", () => {
    const text = JSON.stringify(policy);
    expect(text).not.toMatch(/loadbalancer\/app|listener-rule|waf|shield|cognito|acm:/);
  });

  it("follows the region into its part of AWS", () => {
    expect(JSON.stringify(loadBalancerPolicy({ cluster: "c", region: "cn-north-1" }))).toContain(
      "arn:aws-cn:ec2:cn-north-1",
    );
    expect(JSON.stringify(loadBalancerPolicy({ cluster: "c", region: "us-gov-west-1" }))).toContain("arn:aws-us-gov:");
  });
});
