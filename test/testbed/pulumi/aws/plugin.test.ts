import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import { AwsPlugin } from "../../../../testbed/pulumi/aws/plugin.ts";
import { AwsUnderTest } from "./awsUnderTest.ts";
import { endpointOf } from "../../../../testbed/pulumi/aws/endpoint.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the plugin", () => {
  it("does not work without a region", () => {
    vi.stubEnv("AWS_REGION", "");
    vi.stubEnv("AWS_DEFAULT_REGION", "");
    expect(() => {
      new AwsPlugin().configure({});
    }).toThrow("aws:region");
  });

  it("says which type it lacks, and where types are added", () => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(() => plugin.resourceOf("aws:s3/bucket:Bucket")).toThrow(
      "aws:s3/bucket:Bucket in its table (testbed/pulumi/aws/types)",
    );
  });

  it("makes nothing without a folder to keep it in", async () => {
    const aws = new AwsUnderTest();
    aws.remove();
    vi.stubEnv("MESH_AWS_ACCOUNT", "");
    await expect(aws.create("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" })).rejects.toThrow(
      "MESH_AWS_ACCOUNT",
    );
  });

  it.each([
    ["aws:index/getPartition:getPartition", { partition: "aws", dnsSuffix: "amazonaws.com" }],
    ["aws:index/getRegion:getRegion", { name: "eu-west-1" }],
    ["aws:index/getCallerIdentity:getCallerIdentity", { accountId: "123456789012" }],
    ["aws:index/getAvailabilityZones:getAvailabilityZones", { names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }],
  ])("answers %s", async (token, answer) => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(await plugin.invoke(token, {})).toMatchObject(answer);
  });

  it.each([
    ["", "arn:aws:iam::123456789012:user/stand-in", "123456789012"],
    ["arn:aws:iam::111122223333:role/teams/ci", "arn:aws:sts::111122223333:assumed-role/ci/stand-in", "111122223333"],
    ["arn:aws:iam::111122223333:user/me", "arn:aws:iam::111122223333:user/me", "111122223333"],
    ["arn:aws-cn:iam::111122223333:root", "arn:aws-cn:iam::111122223333:root", "111122223333"],
  ])("tells who calls as STS does: %s", async (chosen, arn, accountId) => {
    vi.stubEnv("MESH_AWS_CALLER", chosen);
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(await plugin.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({ arn, accountId });
  });

  describe("says what there is in the account:", () => {
    const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
    const ask = (name: string, args: Fields, service = "eks") =>
      aws.plugin.invoke(`aws:${service}/${name}:${name}`, args);
    const put = (type: string, id: string, properties: Fields) => {
      aws.account.put({ type, id, properties });
    };
    let aws: AwsUnderTest;
    beforeEach(() => {
      aws = new AwsUnderTest();
      put("aws:eks/cluster:Cluster", "mesh", { name: "mesh", tagsAll: { Name: "mesh" } });
      const scalingConfig = { minSize: 1, desiredSize: 2, maxSize: 3 };
      const group = { clusterName: "mesh", nodeGroupName: "a-1", scalingConfig, tagsAll: { Name: "mesh-a" } };
      put(NODE_GROUP, "mesh:a-1", group);
      put(NODE_GROUP, "other:b-1", { ...group, clusterName: "other", nodeGroupName: "b-1" });
    });
    afterEach(() => {
      aws.remove();
    });

    it("clusters, and the node groups of one", async () => {
      expect(await ask("getClusters", {})).toMatchObject({ names: ["mesh"] });
      expect(await ask("getCluster", { name: "mesh" })).toMatchObject({ id: "mesh", tags: { Name: "mesh" } });
      expect(await ask("getNodeGroups", { clusterName: "mesh" })).toMatchObject({ names: ["a-1"] });
      expect(await ask("getNodeGroup", { clusterName: "mesh", nodeGroupName: "a-1" })).toMatchObject({
        ...{ id: "mesh:a-1", tags: { Name: "mesh-a" } },
        scalingConfigs: [{ minSize: 1, desiredSize: 2, maxSize: 3 }],
      });
    });

    it("which addresses a cluster has, and a subnet", async () => {
      put("aws:eks/cluster:Cluster", "six", { name: "six", kubernetesNetworkConfig: { ipFamily: "ipv6" } });
      expect(await ask("getCluster", { name: "six" })).toMatchObject({
        kubernetesNetworkConfigs: [{ ipFamily: "ipv6" }],
      });
      put("aws:ec2/subnet:Subnet", "subnet-1", { cidrBlock: "10.0.0.0/20", ipv6CidrBlock: "" });
      expect(await ask("getSubnet", { id: "subnet-1" }, "ec2")).toMatchObject({ id: "subnet-1", ipv6CidrBlock: "" });
      await expect(async () => ask("getSubnet", { id: "subnet-2" }, "ec2")).rejects.toThrow("InvalidSubnetID.NotFound");
    });

    it("subnets by name, and whether pods of nodes have addresses there", async () => {
      const subnet = { cidrBlock: "100.64.0.0/18", tagsAll: { Name: "mesh-pods-a" } };
      put("aws:ec2/subnet:Subnet", "subnet-1", subnet);
      put("aws:ec2/subnet:Subnet", "subnet-2", { ...subnet, tagsAll: { Name: "mesh-pods-b" } });
      const filters = [{ name: "tag:Name", values: ["mesh-pods-a", "mesh-pods-c"] }];
      expect(await ask("getSubnets", { filters }, "ec2")).toMatchObject({ ids: ["subnet-1"] });
      const free = async () => (await ask("getSubnet", { id: "subnet-1" }, "ec2")).availableIpAddressCount as number;
      const plugin = (asked: string) => {
        const env = { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: asked };
        const configurationValues = JSON.stringify({
          env,
          eniConfig: { subnets: { "eu-west-1a": { id: "subnet-1" } } },
        });
        put("aws:eks/addon:Addon", "mesh:vpc-cni", { clusterName: "mesh", addonName: "vpc-cni", configurationValues });
      };
      expect(await free()).toBe(2 ** 14 - 5);
      plugin("true");
      expect(await free()).toBeLessThan(2 ** 14 - 5);
      plugin("false");
      expect(await free()).toBe(2 ** 14 - 5);
    });

    it("log groups, by the beginning of their names", async () => {
      for (const name of ["/aws/eks/mesh/cluster", "/aws/eks/mesh/cluster-2", "/aws/vpc/mesh"]) {
        put("aws:cloudwatch/logGroup:LogGroup", name, { name });
      }
      const { logGroupNames } = await ask("getLogGroups", { logGroupNamePrefix: "/aws/eks/mesh" }, "cloudwatch");
      expect(logGroupNames.toSorted()).toEqual(["/aws/eks/mesh/cluster", "/aws/eks/mesh/cluster-2"]);
    });

    it("of what is not there, nothing", async () => {
      const answers = ["getCluster", "getNodeGroups", "getNodeGroup"].map((name) => async () => {
        await ask(name, { name: "dev", clusterName: "dev", nodeGroupName: "a-1" });
      });
      for (const answer of answers) await expect(answer()).rejects.toThrow("ResourceNotFoundException");
    });
  });

  it("knows the add-ons of EKS by name, and takes no version for one that is not there yet", async () => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    const newest = (addonName: string) =>
      plugin.invoke("aws:eks/getAddonVersion:getAddonVersion", {
        ...{ addonName, kubernetesVersion: "1.35", mostRecent: true },
      });
    expect(await newest("aws-efs-csi-driver")).toMatchObject({ version: "v999.0.0-eksbuild.1" });
    expect(() => newest("aws-efs-driver")).toThrow("Addon aws-efs-driver specified is not supported in 1.35");
  });

  it.each([
    ["eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended/release_version", "1.36.0-20261101"],
    ["bottlerocket/aws-k8s-1.36/x86_64/latest/image_version", "1.50.0-abcdef12"],
  ])("tells the newest release of an image of nodes: %s", async (path, insecureValue) => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    const ask = (name: string) => plugin.invoke("aws:ssm/getParameter:getParameter", { name });
    expect(await ask(`/aws/service/${path}`)).toMatchObject({ insecureValue });
    expect(() => ask(`/aws/service/${path.replace("1.36", "1.3")}`)).toThrow("ParameterNotFound");
  });

  it("refuses a function that it does not know", () => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(() => plugin.invoke("aws:ec2/getAmi:getAmi", {})).toThrow("does not answer aws:ec2/getAmi:getAmi");
  });
});

describe("a new cluster answers at", () => {
  const folder = mkdtempSync(join(tmpdir(), "endpoint-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("the address of the cluster that was given", () => {
    const file = join(folder, "kubeconfig");
    const authority = Buffer.from("authority").toString("base64");
    const cluster = { server: "https://127.0.0.1:6443", "certificate-authority-data": authority };
    const context = { cluster: "c", user: "u" };
    writeFileSync(
      file,
      JSON.stringify({
        clusters: [{ name: "c", cluster }],
        contexts: [{ name: "x", context }],
        "current-context": "x",
      }),
    );
    vi.stubEnv("MESH_EKS_KUBECONFIG", file);
    expect(endpointOf({ random: "0a", region: "eu-west-1" })).toEqual({
      endpoint: "https://127.0.0.1:6443",
      certificateAuthority: { data: authority },
    });
  });

  it("an address of EKS's form where none was given", () => {
    vi.stubEnv("MESH_EKS_KUBECONFIG", "");
    expect(endpointOf({ random: "0a", region: "eu-west-1" }).endpoint).toBe(
      "https://0A.gr7.eu-west-1.eks.amazonaws.com",
    );
  });
});
