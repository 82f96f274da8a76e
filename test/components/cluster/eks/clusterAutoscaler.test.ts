import { describe, expect, it } from "vitest";
import {
  clusterAutoscalerPolicy,
  clusterAutoscalerValues,
} from "../../../../components/cluster/eks/clusterAutoscaler.ts";
import { EksCluster, type EksClusterArgs } from "../../../../components/cluster/eks/eksCluster.ts";
import { eks } from "../../../../versions.ts";
import { record, the } from "../../../recorder.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES } from "./aws.ts";

const NAME = "cluster-autoscaler";

const recordCluster = (args: Partial<EksClusterArgs>) =>
  record(
    () =>
      new EksCluster("cluster", {
        ...{ cluster: "mesh-test", region: "eu-west-1", profile: "demo" },
        access: { ci: { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" } },
        nodes: { default: { instanceTypes: ["m7g.large"], min: 2, max: 4 } },
        ...args,
      }),
    CLUSTER_TYPES,
    { outputs: awsOutputs, calls: awsCalls() },
  );

describe("the Cluster Autoscaler", () => {
  it("is there only where the stack says so, and not beside Auto Mode", async () => {
    for (const args of [{}, { nodes: "auto-mode", autoscaler: { name: NAME } }] as const) {
      const resources = await recordCluster(args);
      expect(resources.filter(({ type }) => type.endsWith(":ClusterAutoscaler"))).toEqual([]);
    }
  });

  it("is its chart of the pinned version, after the nodes, with its role before its first pod", async () => {
    const resources = await recordCluster({ autoscaler: { name: NAME } });
    const release = the(resources, "Release", "cluster-autoscaler");
    expect(release.inputs).toMatchObject({
      name: NAME,
      chart: NAME,
      version: eks.clusterAutoscaler,
      repositoryOpts: { repo: "https://kubernetes.github.io/autoscaler" },
      namespace: "kube-system",
      values: { autoDiscovery: { clusterName: "mesh-test" }, awsRegion: "eu-west-1" },
    });
    expect(release.provider).toBe("cluster");
    expect(release.dependsOn).toContain("aws:eks/podIdentityAssociation:PodIdentityAssociation cluster-autoscaler");
    expect(the(resources, "PodIdentityAssociation", "cluster-autoscaler")).toMatchObject({
      inputs: { namespace: "kube-system", serviceAccount: NAME },
      dependsOn: expect.arrayContaining(["aws:iam/rolePolicy:RolePolicy cluster-autoscaler"]) as unknown,
    });
  });

  it("comes from a mirror where there is one", async () => {
    const charts = { oci: "oci://registry.example.com/charts" };
    const resources = await recordCluster({ autoscaler: { name: NAME, charts } });
    expect(the(resources, "Release", "cluster-autoscaler").inputs.chart).toBe(`${charts.oci}/cluster-autoscaler`);
  });

  it("takes nodes away though every pod of the mesh has an emptyDir", () => {
    const { extraArgs, replicaCount } = clusterAutoscalerValues({
      ...{ cluster: "mesh", region: "eu-west-1", profile: "production" },
    });
    expect(extraArgs["skip-nodes-with-local-storage"]).toBe(false);
    expect(replicaCount).toBe(2);
  });

  it("may look at everything, and change the size of groups that bear this cluster's tag alone", () => {
    const { Statement } = clusterAutoscalerPolicy({ cluster: "mesh", region: "eu-west-1" });
    const writes = Statement.filter(
      ({ Action }) => !Action.every((action) => /^[a-z0-9]+:(Describe|Get)/.test(action)),
    );
    expect(writes).toEqual([
      {
        Effect: "Allow",
        Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        Resource: "arn:aws:autoscaling:eu-west-1:*:autoScalingGroup:*:autoScalingGroupName/*",
        Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/mesh": "owned" } },
      },
    ]);
    for (const { Action } of Statement) for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    expect(JSON.stringify(clusterAutoscalerPolicy({ cluster: "c", region: "cn-north-1" }))).toContain(
      "arn:aws-cn:autoscaling:cn-north-1",
    );
  });
});
