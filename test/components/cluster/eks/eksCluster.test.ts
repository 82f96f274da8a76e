import { parse as parseToml } from "smol-toml";
import { afterEach, describe, expect, it, vi } from "vitest";
import { load } from "js-yaml";
import * as pulumi from "@pulumi/pulumi";
import { longestAccountName } from "../../../../components/cluster/eks/addonNames.ts";
import { onlyExplicitAccess } from "../../../../components/cluster/eks/controlPlane.ts";
import { EksCluster, type EksClusterArgs } from "../../../../components/cluster/eks/eksCluster.ts";
import { longestGroupName } from "../../../../components/cluster/eks/nodeGroupNames.ts";
import { keepNodes } from "../../../../components/cluster/eks/nodeGroupSize.ts";
import type { NodeGroup } from "../../../../components/cluster/eks/nodes.ts";
import { eks } from "../../../../versions.ts";
import { record, the, type Recorded, type RecordOptions } from "../../../recorder.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES } from "./aws.ts";
import { insideCluster } from "./insideCluster.ts";

const CI = "arn:aws:iam::111122223333:role/ci";
const CI_ACCESS = "cluster-access-111122223333/role/ci";
const basic: EksClusterArgs = {
  cluster: "mesh-test",
  region: "eu-west-1",
  profile: "demo",
  access: { ci: { principal: CI, level: "cluster-admin" } },
  nodes: { default: { instanceTypes: ["m7g.large"], min: 2, max: 4 } },
};

const recordCluster = (args: Partial<EksClusterArgs> = {}, options: RecordOptions = {}) =>
  record(() => new EksCluster("cluster", { ...basic, ...args }), CLUSTER_TYPES, {
    outputs: awsOutputs,
    calls: awsCalls(),
    ...options,
  });
const ofType = (resources: readonly Recorded[], type: string) =>
  resources.filter((each) => each.type.endsWith(`:${type}`));
const cluster = (resources: readonly Recorded[]) => the(resources, "eks:index:Cluster", "cluster-control").inputs;
const statements = ({ inputs }: Recorded) =>
  (JSON.parse(String(inputs.assumeRolePolicy)) as { Statement: Record<string, unknown>[] }).Statement;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a cluster on EKS", () => {
  it("is the same in a preview", async () => {
    const names = async (preview: boolean) =>
      (await recordCluster({}, { preview })).map(({ type, name }) => `${type} ${name}`).toSorted();
    expect(await names(true)).toEqual(await names(false));
  });

  it("has a control plane of the pinned version in standard support, that logs everything and encrypts Secrets", async () => {
    expect(cluster(await recordCluster())).toMatchObject({
      name: "mesh-test",
      version: eks.kubernetes,
      upgradePolicy: { supportType: "STANDARD" },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfigKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/cluster-control",
      privateSubnetIds: ["a", "b", "c"].map((zone) => `cluster-network-private-${zone}-id`),
      skipDefaultNodeGroup: true,
      deletionProtection: false,
    });
    const resources = await recordCluster();
    expect(the(resources, "Key", "cluster-control").inputs).toMatchObject({ enableKeyRotation: true });
    expect(the(resources, "LogGroup", "cluster-control").inputs).toMatchObject({
      name: "/aws/eks/mesh-test/cluster",
      retentionInDays: 7,
    });
    expect(the(resources, "eks:index:Cluster", "cluster-control").dependsOn).toContain(
      "aws:cloudwatch/logGroup:LogGroup cluster-control",
    );
  });

  it("encrypts Secrets with a key that is there, and makes none", async () => {
    const encryptionKey = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000";
    const resources = await recordCluster({ encryptionKey });
    expect(cluster(resources)).toMatchObject({
      encryptionConfigKeyArn: encryptionKey,
      clusterTags: { "encryption-key": encryptionKey },
    });
    expect(resources.filter(({ type }) => type.startsWith("aws:kms/"))).toEqual([]);
  });

  describe("has a log group", () => {
    const LOGS = "/aws/eks/mesh-test/cluster";
    const importOf = async (inAws: { clusters?: readonly string[]; logGroups?: readonly string[] }) => {
      const calls: NonNullable<RecordOptions["calls"]> = {
        ...awsCalls(),
        "aws:eks/getClusters:getClusters": () => ({ names: [...(inAws.clusters ?? [])] }),
        "aws:eks/getNodeGroups:getNodeGroups": () => ({ names: [] }),
        "aws:cloudwatch/getLogGroups:getLogGroups": (inputs) => {
          expect(inputs).toMatchObject({ logGroupNamePrefix: LOGS });
          return { logGroupNames: [...(inAws.logGroups ?? [])] };
        },
      };
      return the(await recordCluster({}, { calls }), "LogGroup", "cluster-control");
    };

    it("of its own, as long as there is none", async () => {
      for (const logGroups of [[], [`${LOGS}-of-another`]]) expect((await importOf({ logGroups })).importId).toBe("");
    });

    it("that EKS left behind, if it did (terraform-aws-eks#920)", async () => {
      const said = vi.spyOn(pulumi.log, "info").mockResolvedValue();
      const { importId, inputs } = await importOf({ clusters: ["another"], logGroups: [LOGS] });
      expect([importId, inputs.retentionInDays]).toEqual([LOGS, 7]);
      expect(said.mock.calls).toEqual([[expect.stringContaining(LOGS)]]);
    });

    it("that is never the one of another's cluster, which a destroy would take away", async () => {
      expect((await importOf({ clusters: ["mesh-test"], logGroups: [LOGS] })).importId).toBe("");
    });
  });

  it("is reached from inside the VPC, and over the internet from the addresses named alone", async () => {
    const closed = cluster(await recordCluster());
    expect(closed).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: false });
    expect(closed).not.toHaveProperty("publicAccessCidrs");
    expect(cluster(await recordCluster({ publicAccess: ["203.0.113.7/32"] }))).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.7/32"],
    });
  });

  it("is deleted by nobody where it is protected, and lets people come and go", async () => {
    const resources = await recordCluster({ protect: true, access: { ci: { principal: CI, level: "cluster-admin" } } });
    expect(cluster(resources)).toMatchObject({ deletionProtection: true });
    expect(resources.filter(({ protect }) => protect).map(({ type, name }) => [type, name])).toEqual(
      expect.arrayContaining([
        ["eks:index:Cluster", "cluster-control"],
        ["aws:kms/key:Key", "cluster-control"],
      ]),
    );
    expect(the(resources, "AccessEntry", CI_ACCESS).protect).toBe(false);
    expect((await recordCluster()).filter(({ protect }) => protect)).toEqual([]);
  });

  describe("tells others' stacks what it consists of", () => {
    const partsOf = async (args: Partial<EksClusterArgs>) => {
      let parts: pulumi.Output<unknown> = pulumi.output(undefined);
      const program = () => {
        parts = pulumi.output(new EksCluster("cluster", { ...basic, ...args }).parts);
      };
      await record(program, CLUSTER_TYPES, { outputs: awsOutputs, calls: awsCalls() });
      return await new Promise((resolve) => parts.apply(resolve));
    };
    const ids = (kind: string) => ["a", "b", "c"].map((zone) => `cluster-network-${kind}-${zone}-id`);

    it("with a network of its own", async () => {
      expect(await partsOf({})).toEqual({
        clusterName: "mesh-test",
        vpcId: "cluster-network-id",
        privateSubnetIds: ids("private"),
        publicSubnetIds: ids("public"),
        clusterSecurityGroupId: "sg-cluster",
        nodeRoleArn: "arn:aws:iam::111122223333:role/cluster-nodes",
        oidcIssuer: "oidc.eks.eu-west-1.amazonaws.com/id/1",
      });
    });

    it("in another's VPC, and with nodes that AWS runs", async () => {
      const network = { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] };
      expect(await partsOf({ network, nodes: "auto-mode" })).toMatchObject({
        ...network,
        publicSubnetIds: [],
        nodeRoleArn: "arn:aws:iam::111122223333:role/auto",
      });
    });
  });

  it("takes another's VPC as it is", async () => {
    const network = { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] };
    const resources = await recordCluster({ network });
    expect(resources.filter(({ type }) => type.startsWith("aws:ec2/")).map(({ type }) => type)).toEqual([
      "aws:ec2/launchTemplate:LaunchTemplate",
    ]);
    expect(cluster(resources)).toMatchObject(network);
    expect(the(resources, "NodeGroup", "cluster-nodes-default").inputs.subnetIds).toEqual(network.privateSubnetIds);
  });

  describe("whose pods have IPv6", () => {
    const rightsOf = (resources: readonly Recorded[]) => ({
      policies: ofType(resources, "RolePolicyAttachment")
        .filter(({ name }) => name.startsWith("cluster-node-vpc-cni"))
        .map(({ inputs }) => inputs.policyArn),
      own: ofType(resources, "RolePolicy")
        .filter(({ name }) => name === "cluster-node-vpc-cni")
        .map(({ inputs }) => (JSON.parse(String(inputs.policy)) as { Statement: { Action: string[] }[] }).Statement),
    });

    it("says so to EKS, gives nodes prefixes, and the network plugin its rights to them", async () => {
      const resources = await recordCluster({ network: { ipFamily: "ipv6" } });
      expect(cluster(resources)).toMatchObject({
        ipFamily: "ipv6",
        vpcCniOptions: { configurationValues: { env: { ENABLE_PREFIX_DELEGATION: "true" } } },
      });
      expect(cluster(resources)).not.toHaveProperty("kubernetesServiceIpAddressRange");
      const { policies, own } = rightsOf(resources);
      expect(policies).toEqual([]);
      expect(own[0]?.[0]?.Action).toContain("ec2:AssignIpv6Addresses");
      const parts = await insideCluster(the(resources, "eks:index:Cluster", "cluster-control"));
      expect(the(parts, "aws:eks/cluster:Cluster", "cluster-control-eksCluster").inputs).toMatchObject({
        kubernetesNetworkConfig: { ipFamily: "ipv6" },
      });
    });

    it("is in another's VPC as it is", async () => {
      const ids = { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] };
      const resources = await recordCluster({ network: { ...ids, ipFamily: "ipv6" } });
      expect(cluster(resources)).toMatchObject({ ...ids, ipFamily: "ipv6" });
      expect(rightsOf(resources).policies).toEqual([]);
      expect(resources.filter(({ type }) => type.startsWith("aws:ec2/")).map(({ type }) => type)).toEqual([
        "aws:ec2/launchTemplate:LaunchTemplate",
      ]);
    });

    it("says so to EKS in Auto Mode, and leaves the rest to it", async () => {
      const resources = await recordCluster({ network: { ipFamily: "ipv6" }, nodes: "auto-mode" });
      expect(cluster(resources)).toMatchObject({ ipFamily: "ipv6", autoMode: { enabled: true } });
      expect(cluster(resources)).not.toHaveProperty("vpcCniOptions");
      const parts = await insideCluster(the(resources, "eks:index:Cluster", "cluster-control"));
      expect(the(parts, "aws:eks/cluster:Cluster", "cluster-control-eksCluster").inputs).toMatchObject({
        kubernetesNetworkConfig: { ipFamily: "ipv6", elasticLoadBalancing: { enabled: true } },
      });
    });

    it("is none that says nothing of it", async () => {
      const resources = await recordCluster();
      expect(cluster(resources)).not.toHaveProperty("ipFamily");
      expect(rightsOf(resources)).toEqual({
        policies: ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
        own: [],
      });
    });
  });

  describe("CI is not locked out (pulumi-aws#4096, pulumi-eks#1493)", () => {
    it("since access is EKS's own list, from the first day", async () => {
      expect(cluster(await recordCluster())).toMatchObject({ authenticationMode: "API" });
    });

    it("since nobody is in by having made the cluster, and in the way of their own entry", async () => {
      const props = { name: "mesh-test", accessConfig: { bootstrapClusterCreatorAdminPermissions: true } };
      const transformed = await onlyExplicitAccess({
        custom: true,
        type: "aws:eks/cluster:Cluster",
        name: "c",
        props,
        opts: {},
      });
      expect(transformed?.props).toEqual({
        name: "mesh-test",
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      });
      expect(
        await onlyExplicitAccess({ custom: true, type: "aws:eks/addon:Addon", name: "a", props, opts: {} }),
      ).toBeUndefined();
    });

    it("since each principal has an entry, and a policy for all of the cluster or for namespaces", async () => {
      const resources = await recordCluster({
        access: {
          ci: { principal: CI, level: "cluster-admin" },
          team: { principal: `${CI}-team`, level: "edit", namespaces: ["shop"] },
        },
      });
      expect(the(resources, "AccessEntry", CI_ACCESS).inputs).toMatchObject({ principalArn: CI });
      expect(the(resources, "AccessPolicyAssociation", CI_ACCESS).inputs).toMatchObject({
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      });
      expect(the(resources, "AccessPolicyAssociation", `${CI_ACCESS}-team`).inputs).toMatchObject({
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
        accessScope: { type: "namespace", namespaces: ["shop"] },
      });
    });

    it("since an entry is the principal's, by whatever name the stack calls it (terraform-aws-eks#2968)", async () => {
      const TYPES = ["AccessEntry", "AccessPolicyAssociation"];
      const team = CI.replace(":role/", ":user/team/");
      const entries = async (access: EksClusterArgs["access"]) => {
        const resources = await recordCluster({ access });
        return TYPES.flatMap((type) => ofType(resources, type)).map(({ type, name, inputs }) => ({
          type,
          name,
          inputs,
        }));
      };
      const [admin, viewer] = [
        { principal: CI, level: "cluster-admin" },
        { principal: team, level: "view" },
      ] as const;
      const before = await entries({ ci: admin, team: viewer });
      expect(new Set(before.map(({ name }) => name))).toEqual(
        new Set([CI_ACCESS, "cluster-access-111122223333/user/team/ci"]),
      );
      expect(await entries({ deploy: admin, team: viewer })).toEqual(before);
      expect(await entries({ team: admin, ci: viewer })).toEqual(before);
    });

    it("since an entry of before, which had the stack's name for it, is the same one", async () => {
      const resources = await recordCluster();
      for (const type of ["AccessEntry", "AccessPolicyAssociation"]) {
        const { aliases } = the(resources, type, CI_ACCESS);
        expect(aliases, type).toEqual([expect.stringMatching(/\bcluster-access-ci\b/)]);
      }
    });

    it("since the kubeconfig can sign in as a role, which comes in before anything is done with it", async () => {
      const resources = await recordCluster({ kubeconfigRole: CI, access: { ci: { principal: CI, level: "admin" } } });
      expect(cluster(resources)).toMatchObject({ providerCredentialOpts: { roleArn: CI } });
      expect(the(resources, "pulumi:providers:kubernetes", "cluster").dependsOn).toContain(
        `aws:eks/accessPolicyAssociation:AccessPolicyAssociation ${CI_ACCESS}`,
      );
    });
  });

  describe("nodes", () => {
    it("are a managed group with a template: tokens for metadata, one hop, an encrypted disk, no security group", async () => {
      const resources = await recordCluster();
      const template = the(resources, "LaunchTemplate", "cluster-nodes-default").inputs;
      expect(template).toMatchObject({
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 50 } },
        ],
      });
      for (const key of ["vpcSecurityGroupIds", "networkInterfaces", "instanceType", "imageId"]) {
        expect(template).not.toHaveProperty(key);
      }
      const group = the(resources, "NodeGroup", "cluster-nodes-default");
      expect(group.inputs).toMatchObject({
        amiType: "AL2023_ARM_64_STANDARD",
        capacityType: "ON_DEMAND",
        instanceTypes: ["m7g.large"],
        version: eks.kubernetes,
        launchTemplate: { id: "cluster-nodes-default-id", version: "1" },
        scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
      });
      // A disk of the group and one of the template exclude each other.
      expect(group.inputs).not.toHaveProperty("diskSize");
    });

    describe("are as many as", () => {
      const IGNORED = ["scalingConfig.desiredSize"];
      const group = (tag: string, minSize: number, desiredSize: number, maxSize: number) => ({
        tags: { Name: tag, of: "us" },
        scalingConfigs: [{ minSize, desiredSize, maxSize }],
      });
      const sizeOf = async (bounds: { min: number; max: number }, inAws: Record<string, object> | undefined) => {
        const asked: string[] = [];
        const answers: NonNullable<RecordOptions["calls"]> = {
          getClusters: () => ({ names: inAws ? ["another", "mesh-test"] : ["another"] }),
          getNodeGroups: () => ({ names: Object.keys(inAws ?? {}) }),
          getNodeGroup: ({ nodeGroupName }) => inAws?.[String(nodeGroupName)] ?? {},
        };
        const calls = Object.fromEntries(
          Object.entries(answers).map(([name, answer]) => [
            `aws:eks/${name}:${name}`,
            (inputs: Readonly<Record<string, unknown>>) => {
              asked.push([name, ...Object.values(inputs)].join(" "));
              return answer(inputs);
            },
          ]),
        );
        const nodes = { default: { instanceTypes: ["m7g.large"], ...bounds } };
        const resources = await recordCluster({ nodes }, { calls: { ...awsCalls(), ...calls } });
        const { inputs, ignoreChanges } = the(resources, "NodeGroup", "cluster-nodes-default");
        const { desiredSize } = inputs.scalingConfig as { desiredSize: number };
        return { scalingConfig: inputs.scalingConfig, desiredSize, ignoreChanges, asked };
      };

      it("the fewest of a group that is new, be the cluster there or not", async () => {
        const wished = { minSize: 2, desiredSize: 2, maxSize: 4 };
        for (const inAws of [undefined, {}, { "x-1": group("mesh-test-gpu", 2, 3, 4) }]) {
          expect(await sizeOf({ min: 2, max: 4 }, inAws)).toMatchObject({ scalingConfig: wished, ignoreChanges: [] });
        }
        expect((await sizeOf({ min: 2, max: 4 }, undefined)).asked).not.toContain("getNodeGroups mesh-test");
      });

      it("an autoscaler made of them, without a word in a preview (pulumi-kubernetes#2491, for nodes)", async () => {
        const size = await sizeOf({ min: 2, max: 4 }, { "x-1": group("mesh-test-default", 2, 3, 4) });
        expect(size).toMatchObject({ desiredSize: 3, ignoreChanges: IGNORED });
      });

      it.each<[change: string, min: number, max: number, now: [number, number, number], desired: number]>([
        ["the fewest become more", 3, 4, [2, 2, 4], 3],
        ["the fewest become more than the most were", 6, 8, [2, 4, 4], 6],
        ["the fewest become more than none", 1, 4, [0, 0, 4], 1],
        ["the most become more", 2, 8, [2, 4, 4], 4],
        ["the most become fewer than there are", 2, 3, [2, 4, 4], 3],
        ["both become fewer", 1, 4, [2, 3, 4], 3],
        ["the fewest become none", 0, 4, [2, 2, 4], 2],
      ])("before, as far as the bounds let them, when %s", async (_change, min, max, now, desired) => {
        const size = await sizeOf({ min, max }, { "x-1": group("mesh-test-default", ...now) });
        expect(size).toMatchObject({ desiredSize: desired, ignoreChanges: [] });
      });

      it("the bigger one has, of two of which one is about to go", async () => {
        const [small, big] = [group("mesh-test-default", 2, 2, 4), group("mesh-test-default", 2, 4, 4)];
        expect(await sizeOf({ min: 2, max: 8 }, { "x-1": small, "x-2": big })).toMatchObject({ desiredSize: 4 });
      });

      it("AWS says, which is asked once for all groups", async () => {
        const asked: string[] = [];
        const calls = Object.fromEntries(
          Object.entries(awsCalls()).map(([token, answer]) => [
            token,
            (inputs: Readonly<Record<string, unknown>>) => {
              asked.push(token);
              return answer(inputs);
            },
          ]),
        );
        const one = { instanceTypes: ["m7g.large"], min: 1, max: 2 };
        await recordCluster({ nodes: { a: one, b: one, c: one } }, { calls });
        expect(
          asked.filter((token) => token.endsWith(":getNodeGroups") || token.endsWith(":getClusters")),
        ).toHaveLength(1);
      });

      it("nobody knows if AWS does not say: then nothing is done", async () => {
        const refusing: pulumi.ResourceTransform = keepNodes({
          ...{ min: 1, max: 2, tag: "mesh-test-default" },
          groups: () => Promise.reject(new Error("AccessDeniedException: not eks:DescribeNodegroup")),
        });
        const transforming = refusing({
          custom: true,
          type: "aws:eks/nodeGroup:NodeGroup",
          name: "n",
          props: {},
          opts: {},
        });
        await expect(transforming).rejects.toThrow(
          /how many nodes the group mesh-test-default has.*not eks:DescribeNodegroup/,
        );
      });
    });

    it("are what the stack says: system, architecture, Spot, disk, labels and taints", async () => {
      const resources = await recordCluster({
        nodes: {
          spot: {
            instanceTypes: ["m7i.large", "m6i.large"],
            architecture: "amd64",
            os: "bottlerocket",
            capacity: "spot",
            min: 1,
            max: 3,
            disk: 80,
            labels: { pool: "spot" },
            taints: [{ key: "spot", value: "yes", effect: "PreferNoSchedule" }],
          },
        },
      });
      expect(the(resources, "NodeGroup", "cluster-nodes-spot").inputs).toMatchObject({
        amiType: "BOTTLEROCKET_x86_64",
        capacityType: "SPOT",
        labels: { pool: "spot" },
        taints: [{ key: "spot", value: "yes", effect: "PREFER_NO_SCHEDULE" }],
      });
      expect(the(resources, "LaunchTemplate", "cluster-nodes-spot").inputs).toMatchObject({
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3" } },
          { deviceName: "/dev/xvdb", ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 80 } },
        ],
      });
    });

    it("have a name that EKS takes, with the engine's end, where their group's is as long as it may be", async () => {
      const { default: group } = basic.nodes as { default: NodeGroup };
      const resources = await recordCluster({ nodes: { ["g".repeat(longestGroupName)]: group } });
      expect(ofType(resources, "NodeGroup").map(({ name }) => `${name}-1a2b3c4`.length)).toEqual([63]);
    });

    it("are of the release that the stack names, or of AWS's newest each time, or of neither", async () => {
      const asked: unknown[] = [];
      const calls: NonNullable<RecordOptions["calls"]> = {
        ...awsCalls(),
        "aws:ssm/getParameter:getParameter": ({ name }) => {
          asked.push(name);
          const release = String(name).includes("bottlerocket") ? "1.50.0-abcdef12" : "1.36.0-20261101";
          return { insecureValue: release, value: pulumi.secret(release) };
        },
      };
      const { default: group } = basic.nodes as { default: NodeGroup };
      const intel = { ...group, instanceTypes: ["m7i.large"], architecture: "amd64", os: "bottlerocket" } as const;
      const nodes = {
        ...{ none: group, named: { ...group, releaseVersion: "1.36.0-20261015" } },
        ...{ amazon: { ...group, releaseVersion: "latest" }, bottlerocket: { ...intel, releaseVersion: "latest" } },
      };
      const resources = await recordCluster({ version: "1.36", nodes }, { calls });
      const groupOf = (name: string) => the(resources, "NodeGroup", `cluster-nodes-${name}`);
      expect(groupOf("none").inputs).not.toHaveProperty("releaseVersion");
      expect(groupOf("named").inputs.releaseVersion).toBe("1.36.0-20261015");
      expect(groupOf("amazon").inputs.releaseVersion).toBe("1.36.0-20261101");
      expect(groupOf("bottlerocket").inputs.releaseVersion).toBe("1.50.0-abcdef12");
      expect(groupOf("amazon").secrets).toEqual([]);
      expect(asked.toSorted()).toEqual([
        "/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version",
        "/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended/release_version",
      ]);
    });

    describe("have user data", () => {
      const userData = async (group: Partial<NodeGroup>) => {
        const { default: usual } = basic.nodes as { default: NodeGroup };
        const resources = await recordCluster({ nodes: { default: { ...usual, ...group } } });
        const { userData: data } = the(resources, "LaunchTemplate", "cluster-nodes-default").inputs;
        return typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : undefined;
      };

      it("of their own only where the stack says so", async () => {
        expect(await userData({})).toBeUndefined();
      });

      it("of Amazon Linux: a NodeConfig, as a part of MIME that EKS puts beside its own", async () => {
        const nodeConfig = { kubelet: { config: { maxPods: 50, shutdownGracePeriod: "30s" }, flags: ["--v=2"] } };
        const [head = "", part = "", end, ...more] = ((await userData({ nodeConfig })) ?? "").split("--==NodeConfig==");
        expect(head).toMatch(/^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="==NodeConfig=="\n\n$/);
        expect([end, more]).toEqual(["--\n", []]);
        const [headers, document = ""] = part.split("\n\n");
        expect(headers).toBe("\nContent-Type: application/node.eks.aws");
        expect(load(document)).toEqual({ apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: nodeConfig });
      });

      it("of Bottlerocket: its settings in TOML", async () => {
        const settings = {
          kubernetes: { "max-pods": 50, "node-labels": { "example.com/a": "b" } },
          ntp: { servers: [] },
        };
        const text = await userData({ os: "bottlerocket", settings });
        expect(text).toContain("[settings.kubernetes]\nmax-pods = 50\n");
        expect(parseToml(text ?? "")).toEqual({ settings });
      });
    });

    it("have the policies that the stack adds, before their groups", async () => {
      const policyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
      const resources = await recordCluster({ nodePolicies: [policyArn] });
      const name = "cluster-nodes-AmazonSSMManagedInstanceCore";
      expect(the(resources, "RolePolicyAttachment", name).inputs).toEqual({ role: "cluster-nodes", policyArn });
      expect(the(resources, "NodeGroup", "cluster-nodes-default").dependsOn).toContain(
        `aws:iam/rolePolicyAttachment:RolePolicyAttachment ${name}`,
      );
    });

    it("have a role that joins and pulls, and no power over the network", async () => {
      const resources = await recordCluster();
      const policies = ofType(resources, "RolePolicyAttachment").filter(
        ({ inputs }) => inputs.role === "cluster-nodes",
      );
      expect(policies.map(({ inputs }) => inputs.policyArn)).toEqual([
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      ]);
    });
  });

  describe("add-ons", () => {
    it("are of pinned versions, all of them", async () => {
      const resources = await recordCluster();
      const versions = Object.fromEntries(
        ofType(resources, "Addon").map(({ inputs }) => [String(inputs.addonName), inputs.addonVersion] as const),
      );
      const { vpcCniOptions, kubeProxyAddonOptions } = cluster(resources) as Record<string, Record<string, string>>;
      expect({
        ...versions,
        "vpc-cni": vpcCniOptions?.addonVersion,
        "kube-proxy": kubeProxyAddonOptions?.version,
      }).toEqual(eks.addons);
    });

    it("are of the stack's versions where it names them", async () => {
      const resources = await recordCluster({ addons: { coredns: "v1.14.2-eksbuild.4" } });
      expect(the(resources, "Addon", "cluster-addon-coredns").inputs.addonVersion).toBe("v1.14.2-eksbuild.4");
    });

    it("give pods addresses of their own range, where there is one, by the zone of their node", async () => {
      const cni = {
        configuration: {
          env: { WARM_IP_TARGET: "2" },
          eniConfig: { subnets: { "eu-west-1a": { securityGroups: ["sg-1"] } } },
        },
      };
      const resources = await recordCluster({
        network: { podCidr: "100.64.0.0/16", zones: ["a", "b"] },
        addons: { "vpc-cni": cni },
      });
      const cluster = the(resources, "Cluster", "cluster-control");
      expect(cluster.inputs.vpcCniOptions).toMatchObject({
        enableNetworkPolicy: true,
        configurationValues: {
          env: {
            AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
            ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
            WARM_IP_TARGET: "2",
          },
          eniConfig: {
            create: true,
            region: "eu-west-1",
            subnets: {
              "eu-west-1a": { id: "cluster-network-pods-a-id", securityGroups: ["sg-1"] },
              "eu-west-1b": { id: "cluster-network-pods-b-id" },
            },
          },
        },
      });
      expect(cluster.inputs.privateSubnetIds).toEqual(["cluster-network-private-a-id", "cluster-network-private-b-id"]);
      for (const zone of ["a", "b"]) {
        const subnet = `aws:ec2/subnet:Subnet cluster-network-pods-${zone}`;
        const routes = `aws:ec2/routeTableAssociation:RouteTableAssociation cluster-network-pods-${zone}`;
        expect(cluster.dependsOn).toContain(subnet);
        expect(the(resources, "Nodes", "cluster-nodes").dependsOn).toContain(routes);
      }
    });

    it("are configured as the stack says, by their own schemas, and have no other configuration", async () => {
      const coredns = { autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 6 } };
      const resources = await recordCluster({
        addons: {
          "vpc-cni": { configuration: { env: { ENABLE_PREFIX_DELEGATION: "true" } } },
          "kube-proxy": { configuration: { mode: "nftables" } },
          coredns: { configuration: coredns },
        },
      });
      expect(cluster(resources)).toMatchObject({
        vpcCniOptions: {
          addonVersion: eks.addons["vpc-cni"],
          enableNetworkPolicy: true,
          configurationValues: { env: { ENABLE_PREFIX_DELEGATION: "true" } },
        },
        kubeProxyAddonOptions: { version: eks.addons["kube-proxy"], configurationValues: { mode: "nftables" } },
      });
      const configurations = ofType(resources, "Addon").flatMap(({ name, inputs }) =>
        typeof inputs.configurationValues === "string" ? [[name, JSON.parse(inputs.configurationValues)]] : [],
      );
      expect(configurations).toEqual([["cluster-addon-coredns", coredns]]);
    });

    it("may be any others, each with roles for its service accounts, after the nodes", async () => {
      const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`;
      const resources = await recordCluster({
        addons: {
          "aws-efs-csi-driver": {
            version: "v3.4.0-eksbuild.1",
            configuration: { controller: { replicaCount: 1 } },
            podIdentity: {
              "efs-csi-controller-sa": { policies: [policy("service-role/AmazonEFSCSIDriverPolicy")] },
              "efs-csi-node-sa": { role: `${CI}-efs` },
            },
          },
          "amazon-cloudwatch-observability": {
            version: "v6.4.0-eksbuild.1",
            podIdentity: { "cloudwatch-agent": { policies: [policy("CloudWatchAgentServerPolicy")] } },
          },
          "snapshot-controller": "v8.5.0-eksbuild.3",
        },
      });
      const addon = (name: string) => the(resources, "Addon", `cluster-addon-${name}`);
      expect(addon("aws-efs-csi-driver").inputs).toMatchObject({
        addonName: "aws-efs-csi-driver",
        addonVersion: "v3.4.0-eksbuild.1",
        configurationValues: '{"controller":{"replicaCount":1}}',
        podIdentityAssociations: [
          {
            serviceAccount: "efs-csi-controller-sa",
            roleArn: "arn:aws:iam::111122223333:role/cluster-addon-efs-csi-controller-sa",
          },
          { serviceAccount: "efs-csi-node-sa", roleArn: `${CI}-efs` },
        ],
      });
      expect(
        the(resources, "RolePolicyAttachment", "cluster-addon-efs-csi-controller-sa-AmazonEFSCSIDriverPolicy").inputs,
      ).toEqual({
        role: "cluster-addon-efs-csi-controller-sa",
        policyArn: policy("service-role/AmazonEFSCSIDriverPolicy"),
      });
      const [trust] = statements(the(resources, "Role", "cluster-addon-cloudwatch-agent"));
      expect(trust?.Condition).toMatchObject({
        StringEquals: { "aws:RequestTag/kubernetes-namespace": "amazon-cloudwatch" },
      });
      expect(addon("snapshot-controller").inputs).toMatchObject({ addonVersion: "v8.5.0-eksbuild.3", preserve: false });
      expect(addon("coredns").inputs).toMatchObject({ preserve: true });
      expect(addon("snapshot-controller").inputs).not.toHaveProperty("podIdentityAssociations");
      for (const name of ["aws-efs-csi-driver", "snapshot-controller"]) {
        expect(addon(name).dependsOn).toContain("aws:eks/nodeGroup:NodeGroup cluster-nodes-default");
      }
    });

    it("have roles whose names IAM takes, with the engine's end", async () => {
      const podIdentity = { ["a".repeat(longestAccountName)]: { policies: [] } };
      const resources = await recordCluster({ addons: { any: { version: "v1.0.0-eksbuild.1", podIdentity } } });
      expect(Math.max(...ofType(resources, "Role").map(({ name }) => `${name}-1a2b3c4`.length))).toBe(64);
    });

    it("wait for nodes where they run in pods: CoreDNS is not degraded for 20 minutes (pulumi-eks#1819)", async () => {
      const resources = await recordCluster();
      expect(cluster(resources)).toMatchObject({ corednsAddonOptions: { enabled: false } });
      for (const name of ["coredns", "aws-ebs-csi-driver", "metrics-server", "eks-node-monitoring-agent"]) {
        expect(the(resources, "Addon", `cluster-addon-${name}`).dependsOn, name).toContain(
          "aws:eks/nodeGroup:NodeGroup cluster-nodes-default",
        );
      }
    });

    it("have roles by Pod Identity, each for one service account of this cluster", async () => {
      const resources = await recordCluster();
      const conditions = ofType(resources, "Role")
        .flatMap(statements)
        .filter(({ Principal }) => JSON.stringify(Principal).includes("pods.eks"))
        .map(({ Condition }) => (Condition as { StringEquals: Record<string, string> }).StringEquals);
      expect(conditions.map((equals) => equals["aws:RequestTag/kubernetes-service-account"]).toSorted()).toEqual([
        "aws-load-balancer-controller",
        "aws-node",
        "ebs-csi-controller-sa",
      ]);
      for (const equals of conditions) {
        expect(equals).toMatchObject({
          "aws:RequestTag/eks-cluster-name": "mesh-test",
          "aws:RequestTag/kubernetes-namespace": "kube-system",
        });
      }
      expect(the(resources, "Addon", "cluster-addon-aws-ebs-csi-driver").inputs.podIdentityAssociations).toEqual([
        { roleArn: "arn:aws:iam::111122223333:role/cluster-addon-ebs-csi", serviceAccount: "ebs-csi-controller-sa" },
      ]);
    });
  });

  describe("the load balancer controller", () => {
    const release = (resources: readonly Recorded[]) => the(resources, "Release", "cluster-load-balancer-controller");

    it("is its chart of the pinned version, by a name of its own", async () => {
      expect(release(await recordCluster()).inputs).toMatchObject({
        name: "aws-load-balancer-controller",
        chart: "aws-load-balancer-controller",
        version: eks.loadBalancerController,
        repositoryOpts: { repo: "https://aws.github.io/eks-charts" },
        namespace: "kube-system",
        atomic: true,
        values: {
          clusterName: "mesh-test",
          region: "eu-west-1",
          vpcId: "cluster-network-id",
          serviceAccount: { name: "aws-load-balancer-controller" },
        },
      });
    });

    it("is of another image for nodes that do not reach the internet", async () => {
      const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/aws-load-balancer-controller";
      const { values } = release(await recordCluster({ loadBalancerController: { image } })).inputs;
      expect(values).toMatchObject({ image: { repository: image }, vpcId: "cluster-network-id" });
      expect(release(await recordCluster()).inputs.values).not.toHaveProperty("image");
    });

    it("keeps the certificate of its webhooks (pulumi#2131)", async () => {
      expect(release(await recordCluster()).inputs.values).toMatchObject({ keepTLSSecret: true });
    });

    it("stands in nobody's way while it is not ready (aws-load-balancer-controller#4140)", async () => {
      expect(release(await recordCluster()).inputs.values).toMatchObject({ enableServiceMutatorWebhook: false });
    });

    it("has its role before its first pod", async () => {
      const resources = await recordCluster();
      const { name } = release(resources);
      expect(release(resources).dependsOn).toContain(`aws:eks/podIdentityAssociation:PodIdentityAssociation ${name}`);
      expect(the(resources, "PodIdentityAssociation", name).dependsOn).toContain(
        `aws:iam/rolePolicy:RolePolicy ${name}`,
      );
    });

    it("runs once, or twice with a budget in production", async () => {
      expect(release(await recordCluster()).inputs.values).toMatchObject({ replicaCount: 1 });
      const values = release(await recordCluster({ profile: "production" })).inputs.values;
      expect(values).toMatchObject({ podDisruptionBudget: { maxUnavailable: 1 } });
      expect(values).not.toHaveProperty("replicaCount");
    });

    it("comes from a mirror where there is one", async () => {
      const resources = await recordCluster({
        loadBalancerController: { charts: { oci: "oci://registry.example.com/charts" } },
      });
      expect(release(resources).inputs.chart).toBe("oci://registry.example.com/charts/aws-load-balancer-controller");
    });
  });

  it("has gp3 as its default class of volumes, encrypted", async () => {
    expect(the(await recordCluster(), "StorageClass", "cluster-gp3").inputs).toMatchObject({
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      volumeBindingMode: "WaitForFirstConsumer",
    });
  });

  it("does not cry for a new provider when its kubeconfig changes (pulumi-eks#352)", async () => {
    expect(the(await recordCluster(), "pulumi:providers:kubernetes", "cluster").inputs).toMatchObject({
      clusterIdentifier: "eu-west-1/mesh-test",
    });
  });

  it("lets the API server reach istiod's webhooks, by the one security group that EKS makes (istio#46746)", async () => {
    const resources = await recordCluster();
    expect(cluster(resources)).toMatchObject({ skipDefaultSecurityGroups: true });
    expect(ofType(resources, "SecurityGroup")).toEqual([]);
    expect(ofType(resources, "SecurityGroupRule")).toEqual([]);
  });

  it("is, in Auto Mode, what AWS does not bring", async () => {
    const resources = await recordCluster({ nodes: "auto-mode" });
    expect(cluster(resources)).toMatchObject({ autoMode: { enabled: true }, corednsAddonOptions: { enabled: false } });
    expect(cluster(resources)).not.toHaveProperty("vpcCniOptions");
    for (const type of ["NodeGroup", "LaunchTemplate", "Release", "PodIdentityAssociation"]) {
      expect(ofType(resources, type), type).toEqual([]);
    }
    expect(ofType(resources, "Addon").map(({ inputs }) => inputs.addonName)).toEqual(["metrics-server"]);
    expect(the(resources, "StorageClass", "cluster-gp3").inputs.provisioner).toBe("ebs.csi.eks.amazonaws.com");
  });
});
