import { describe, expect, it } from "vitest";
import { EksCluster, type EksClusterArgs } from "../../../../components/cluster/eks/eksCluster.ts";
import { nodeClassOf, nodePoolOf } from "../../../../components/cluster/eks/karpenter.ts";
import { karpenterPolicy } from "../../../../components/cluster/eks/karpenterPolicy.ts";
import { eks } from "../../../../versions.ts";
import { record, the } from "../../../recorder.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES } from "./aws.ts";

const SSM = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

const recordCluster = (args: Partial<EksClusterArgs> = {}) =>
  record(
    () =>
      new EksCluster("cluster", {
        ...{ cluster: "mesh-test", region: "eu-west-1", profile: "demo" },
        access: { ci: { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" } },
        nodes: { default: { instanceTypes: ["m7g.large"], min: 2, max: 2 } },
        autoscaler: { name: "karpenter", limits: { cpu: 100 } },
        ...args,
      }),
    CLUSTER_TYPES,
    { outputs: awsOutputs, calls: awsCalls() },
  );

describe("Karpenter", () => {
  it("is its chart of the pinned version, with its role before its first pod", async () => {
    const release = the(await recordCluster(), "Release", "cluster-autoscaler");
    expect(release.inputs).toMatchObject({
      name: "karpenter",
      chart: "oci://public.ecr.aws/karpenter/karpenter",
      version: eks.karpenter,
      namespace: "kube-system",
      values: {
        serviceAccount: { name: "karpenter" },
        settings: { clusterName: "mesh-test", interruptionQueue: "cluster-autoscaler" },
        controller: { env: [{ name: "AWS_REGION", value: "eu-west-1" }] },
        replicas: 1,
      },
    });
    expect(release.dependsOn).toContain("aws:eks/podIdentityAssociation:PodIdentityAssociation cluster-autoscaler");
  });

  it("knows that pods with a range of their own have no address of the first interface", async () => {
    const settings = async (network: NonNullable<EksClusterArgs["network"]>) =>
      the(await recordCluster({ network }), "Release", "cluster-autoscaler").inputs.values as { settings: object };
    expect((await settings({ podCidr: "100.64.0.0/16" })).settings).toMatchObject({ reservedENIs: "1" });
    expect((await settings({})).settings).not.toHaveProperty("reservedENIs");
  });

  it("comes from a mirror where there is one", async () => {
    const charts = { oci: "oci://registry.example.com/charts" };
    const resources = await recordCluster({ autoscaler: { name: "karpenter", limits: { cpu: 1 }, charts } });
    expect(the(resources, "Release", "cluster-autoscaler").inputs.chart).toBe(`${charts.oci}/karpenter`);
  });

  it("has nodes with a role of their own, which join by an entry and have the policies of all nodes", async () => {
    const resources = await recordCluster({ nodePolicies: [SSM] });
    const role = "cluster-autoscaler-nodes";
    expect(the(resources, "AccessEntry", role).inputs).toMatchObject({
      principalArn: `arn:aws:iam::111122223333:role/${role}`,
      type: "EC2_LINUX",
    });
    const attached = resources.filter(({ type, inputs }) => type.endsWith("Attachment") && inputs.role === role);
    expect(attached.map(({ inputs }) => String(inputs.policyArn).split("/").at(-1))).toEqual([
      "AmazonEKSWorkerNodePolicy",
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonSSMManagedInstanceCore",
    ]);
  });

  it("hears of every machine that AWS is about to take, by a queue that only events reach", async () => {
    const resources = await recordCluster();
    const rules = resources.filter(({ type }) => type.endsWith(":EventRule"));
    expect(rules.map(({ inputs }) => JSON.parse(String(inputs.eventPattern)) as object)).toContainEqual({
      ...{ source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
    });
    const arn = "arn:aws:sqs:eu-west-1:111122223333:cluster-autoscaler";
    for (const { name } of rules) expect(the(resources, "EventTarget", name).inputs).toMatchObject({ rule: name, arn });
    expect(the(resources, "Queue", "cluster-autoscaler").inputs).toMatchObject({ sqsManagedSseEnabled: true });
    const { policy } = the(resources, "QueuePolicy", "cluster-autoscaler").inputs;
    const { Statement } = JSON.parse(String(policy)) as { Statement: { Effect: string; Resource: string }[] };
    expect(Statement.map(({ Effect, Resource }) => [Effect, Resource])).toEqual([
      ["Allow", arn],
      ["Deny", arn],
    ]);
  });

  it("makes machines as those of the groups are, in the private subnets", async () => {
    const { spec } = the(await recordCluster(), "EC2NodeClass", "cluster-autoscaler-class").inputs as { spec: object };
    expect(spec).toMatchObject({
      role: "cluster-autoscaler-nodes",
      subnetSelectorTerms: ["a", "b", "c"].map((zone) => ({ id: `cluster-network-private-${zone}-id` })),
      securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": "mesh-test" } }],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
    const { blockDeviceMappings, amiSelectorTerms } = nodeClassOf({
      ...{ cluster: "mesh", subnetIds: [], role: "nodes", os: "bottlerocket" },
    }).spec;
    expect(amiSelectorTerms).toEqual([{ alias: "bottlerocket@latest" }]);
    expect(blockDeviceMappings.map(({ deviceName, ebs }) => [deviceName, ebs.encrypted])).toEqual([
      ["/dev/xvda", true],
      ["/dev/xvdb", true],
    ]);
  });

  it("makes no more than its limits, of the architecture and capacity that the stack says", () => {
    const { spec } = nodePoolOf({ limits: { cpu: 8, memory: "32Gi" }, architecture: "amd64", capacity: "spot" });
    expect(spec.limits).toEqual({ cpu: 8, memory: "32Gi" });
    expect(spec.template.spec.requirements).toEqual(
      expect.arrayContaining([
        { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
        { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot", "on-demand"] },
      ]),
    );
    expect(JSON.stringify(nodePoolOf({ limits: { cpu: 8 } }))).not.toContain("spot");
  });

  describe("may", () => {
    const queue = "arn:aws:sqs:eu-west-1:111122223333:q";
    const nodeRole = "arn:aws:iam::111122223333:role/nodes";
    const { Statement } = karpenterPolicy({ cluster: "mesh", region: "eu-west-1", nodeRole, queue });
    const granting = (action: string) => Statement.filter(({ Action }) => Action.includes(action));

    it("be given its policy by IAM: it is short enough for a role's own", () => {
      const policy = JSON.stringify(
        karpenterPolicy({ cluster: "c".repeat(100), region: "ap-southeast-2", nodeRole, queue }),
      );
      expect(policy.length).toBeLessThan(10_240);
      for (const { Action } of Statement) for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    });

    it.each(["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"])("%s of this cluster alone", (action) => {
      for (const { Condition } of granting(action)) {
        expect(Condition?.StringEquals).toEqual({ "aws:ResourceTag/kubernetes.io/cluster/mesh": "owned" });
      }
      expect(granting(action)).toHaveLength(1);
    });

    it("hand its nodes' role to machines, and no other role to anybody", () => {
      expect(granting("iam:PassRole").map(({ Resource }) => Resource)).toEqual([nodeRole]);
    });
  });
});
