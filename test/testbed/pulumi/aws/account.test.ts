import { rmSync } from "node:fs";
import { faultsFile, type FaultKind } from "../../../../testbed/pulumi/aws/faults.ts";
import { InitFailed } from "../../../../testbed/pulumi/provider/resource.ts";
import { conceal } from "../../../../testbed/pulumi/provider/values/secrets.ts";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwsUnderTest } from "./awsUnderTest.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const RANGE = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ADDON = "aws:eks/addon:Addon";
const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });

let aws: AwsUnderTest;
beforeEach(() => {
  aws = new AwsUnderTest({ region: "eu-west-1", defaultTags: JSON.stringify({ tags: { stack: "dev" } }) });
});
afterEach(() => {
  aws.remove();
});

/** A network with two subnets, an internet gateway and a NAT. */
async function network() {
  const { id: vpcId } = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16" });
  const subnet = async (zone: string, cidrBlock: string) =>
    (await aws.create(SUBNET, zone, { vpcId, cidrBlock, availabilityZone: `eu-west-1${zone}` })).id;
  const subnetIds = [await subnet("a", "10.0.0.0/20"), await subnet("b", "10.0.16.0/20")];
  return { vpcId, subnetIds };
}

async function nat(vpcId: string, subnetId = ""): Promise<void> {
  await aws.create("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId });
  const { id: allocationId } = await aws.create("aws:ec2/eip:Eip", "address", { domain: "vpc" });
  await aws.create("aws:ec2/natGateway:NatGateway", "nat", { subnetId, allocationId });
}

async function cluster(more: Fields = {}): Promise<Fields> {
  const { subnetIds } = await network();
  const role = await aws.create("aws:iam/role:Role", "role", { assumeRolePolicy: TRUST });
  const roleArn: string = role.properties.arn;
  await aws.create(CLUSTER, "cluster", { name: "mesh", roleArn, vpcConfig: { subnetIds }, version: "1.34", ...more });
  const scalingConfig = { minSize: 1, maxSize: 2, desiredSize: 1 };
  return { clusterName: "mesh", nodeRoleArn: roleArn, subnetIds, scalingConfig };
}

describe("a resource", () => {
  it("gets an id, an ARN and the provider's tags", async () => {
    const { id, properties } = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } });
    expect(id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(properties).toMatchObject({
      arn: `arn:aws:ec2:eu-west-1:123456789012:vpc/${id}`,
      enableDnsSupport: true,
      tagsAll: { Name: "net", stack: "dev" },
    });
  });

  it("is not made by a preview", async () => {
    const { id, properties } = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16" }, { preview: true });
    expect([id, properties.arn, properties.cidrBlock]).toEqual(["", undefined, "10.0.0.0/16"]);
    expect(aws.account.all()).toEqual([]);
  });

  it("keeps a secret input secret among its outputs", async () => {
    const { properties } = await aws.create("aws:ec2/launchTemplate:LaunchTemplate", "lt", {
      userData: conceal("a2V5"),
    });
    expect(properties.userData).toEqual(conceal("a2V5"));
  });

  it("keeps what AWS added when it is changed, and loses what the program no longer says", async () => {
    const before = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    const { properties } = await aws.update("net", { cidrBlock: "10.0.0.0/16", tags: { a: "b" } });
    expect(properties).toMatchObject({ arn: before.properties.arn, enableDnsHostnames: false, tags: { a: "b" } });
  });

  it("keeps what changed behind the program's back, in what an update does not touch", async () => {
    const nodes = await cluster();
    const { id } = await aws.create(NODE_GROUP, "nodes", nodes);
    const entry = aws.account.find(NODE_GROUP, id);
    if (!entry) throw new Error("the account has lost it");
    const scaled = { minSize: 1, maxSize: 2, desiredSize: 2 };
    aws.account.put({ ...entry, properties: { ...entry.properties, scalingConfig: scaled } });
    await aws.update("nodes", { ...nodes, labels: { a: "b" } });
    expect(aws.account.find(NODE_GROUP, id)?.properties).toMatchObject({ scalingConfig: scaled, labels: { a: "b" } });
    const wished = { minSize: 1, maxSize: 3, desiredSize: 1 };
    const { properties } = await aws.update("nodes", { ...nodes, scalingConfig: wished });
    expect(properties.scalingConfig).toEqual(wished);
  });

  it("that nobody's program has made is imported as a program would say it", async () => {
    const LOGS = "aws:cloudwatch/logGroup:LogGroup";
    const properties = { name: "/aws/eks/mesh/cluster", arn: "arn:x", logGroupClass: "STANDARD", retentionInDays: 0 };
    aws.account.put({ type: LOGS, id: properties.name, properties });
    const { id, inputs = {}, properties: outputs } = (await aws.import(LOGS, properties.name)) ?? {};
    expect([id, outputs]).toEqual([properties.name, properties]);
    expect(inputs).toEqual({ name: properties.name, __defaults: [] });
    const wished = { name: properties.name, retentionInDays: 7, tags: { Name: "mesh" } };
    const { changes } = aws.diff(LOGS, inputs, wished);
    expect(changes.map(({ path, replace }) => [path, replace])).toEqual([
      ["retentionInDays", false],
      ["tags", false],
    ]);
    expect(await aws.import(LOGS, "/aws/eks/other/cluster")).toBeUndefined();
  });

  it("of a launch template gets a new version with each change", async () => {
    await aws.create("aws:ec2/launchTemplate:LaunchTemplate", "lt", { name: "lt", updateDefaultVersion: true });
    const { properties } = await aws.update("lt", { name: "lt", updateDefaultVersion: true, imageId: "ami-1" });
    expect(properties).toMatchObject({ latestVersion: 2, defaultVersion: 2 });
  });

  it("that was changed by hand is read with the change, and one that is gone is not read", async () => {
    const { id } = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    const entry = aws.account.find(VPC, id);
    if (!entry) throw new Error("the account has lost it");
    aws.account.put({ ...entry, properties: { ...entry.properties, enableDnsHostnames: false, tags: { by: "hand" } } });
    expect((await aws.read("net"))?.inputs).toEqual({
      ...{ cidrBlock: "10.0.0.0/16", enableDnsHostnames: false, tags: { by: "hand" } },
      __defaults: [],
    });
    aws.account.remove(entry);
    expect(await aws.read("net")).toBeUndefined();
  });
});

describe("a change", () => {
  it.each<[type: string, before: Fields, after: Fields, replaces: boolean]>([
    [VPC, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }, true],
    [VPC, { enableDnsHostnames: false }, { enableDnsHostnames: true }, false],
    [CLUSTER, { version: "1.34" }, { version: "1.35" }, false],
    [CLUSTER, { roleArn: "a" }, { roleArn: "b" }, true],
    [CLUSTER, { vpcConfig: { endpointPublicAccess: true } }, { vpcConfig: { endpointPublicAccess: false } }, false],
    [
      NODE_GROUP,
      { launchTemplate: { id: "lt-1", version: "1" } },
      { launchTemplate: { id: "lt-1", version: "2" } },
      false,
    ],
    [
      NODE_GROUP,
      { launchTemplate: { id: "lt-1", version: "1" } },
      { launchTemplate: { id: "lt-2", version: "1" } },
      true,
    ],
    [NODE_GROUP, { instanceTypes: ["m7g.large"] }, { instanceTypes: ["m7g.xlarge"] }, true],
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "a" }, { role: "b" }, true],
  ])("of %s from %j to %j: a replacement is %s", (type, before, after, replaces) => {
    const { changes } = aws.diff(type, before, after);
    expect(changes.map(({ replace }) => replace)).toEqual([replaces]);
  });

  it("that replaces what bears the same name deletes the old one first", () => {
    const olds = { clusterName: "mesh", nodeGroupName: "default", capacityType: "SPOT" };
    const news = { ...olds, capacityType: "ON_DEMAND" };
    expect(aws.diff(NODE_GROUP, olds, news).deleteBeforeReplace).toBe(true);
    const chosen = { __defaults: ["nodeGroupName"] };
    expect(aws.diff(NODE_GROUP, { ...olds, ...chosen }, { ...news, ...chosen }).deleteBeforeReplace).toBe(false);
  });

  it("of the key for Secrets changes nothing, once there is one", async () => {
    await cluster();
    const { inputs } = (await aws.read("cluster")) ?? {};
    const withKey = (keyArn: string) =>
      aws.update("cluster", { ...inputs, encryptionConfig: { provider: { keyArn } } });
    await withKey("arn:aws:kms:eu-west-1:111122223333:key/1");
    const { properties } = await withKey("arn:aws:kms:eu-west-1:111122223333:key/2");
    expect(properties.encryptionConfig).toEqual({ provider: { keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" } });
  });

  it("of Kubernetes by more than one minor version is refused", async () => {
    await cluster();
    const { inputs } = (await aws.read("cluster")) ?? {};
    await expect(aws.update("cluster", { ...inputs, version: "1.36" })).rejects.toThrow("from 1.34 to 1.36");
    expect((await aws.update("cluster", { ...inputs, version: "1.35" })).properties.version).toBe("1.35");
  });
});

describe("AWS refuses", () => {
  it("an id that does not exist", async () => {
    const subnet = { vpcId: "vpc-0", cidrBlock: "10.0.0.0/20" };
    await expect(aws.create(SUBNET, "a", subnet)).rejects.toThrow("api error InvalidVpcID.NotFound");
  });

  it.each([
    ["10.1.0.0/20", "InvalidSubnet.Range"],
    ["10.0.8.0/21", "InvalidSubnet.Conflict"],
  ])("a subnet %s: %s", async (cidrBlock, code) => {
    const { vpcId } = await network();
    await expect(aws.create(SUBNET, "c", { vpcId, cidrBlock })).rejects.toThrow(code);
  });

  it.each(["10.0.64.0/20", "10.0.0.0/16", "192.168.0.0/16", "172.31.0.0/16"])(
    "a second range %s of a network of 10.0.0.0/16",
    async (cidrBlock) => {
      const { id: vpcId } = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16" });
      await expect(aws.create(RANGE, "more", { vpcId, cidrBlock })).rejects.toThrow("InvalidVpc.Range");
    },
  );

  it("a subnet of a range that comes later, and to take that range from its subnet", async () => {
    const { vpcId } = await network();
    const subnet = { vpcId, cidrBlock: "100.64.0.0/18" };
    await expect(aws.create(SUBNET, "early", subnet)).rejects.toThrow("InvalidSubnet.Range");
    await aws.create(RANGE, "more", { vpcId, cidrBlock: "100.64.0.0/16" });
    await aws.create(SUBNET, "pods", subnet);
    await expect(aws.delete("more")).rejects.toThrow("InvalidCidrBlock.InUse");
    await aws.delete("pods");
    await aws.delete("more");
  });

  it("an IPv6 range that is not the network's, or another subnet's, and IPv4 by a gateway that knows IPv6 alone", async () => {
    const EGRESS_ONLY = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
    const { id: plain } = await aws.create(VPC, "plain", { cidrBlock: "10.1.0.0/16" });
    const early = { vpcId: plain, cidrBlock: "10.1.0.0/20", ipv6CidrBlock: "2a05:d018:12:3400::/64" };
    await expect(aws.create(SUBNET, "early", early)).rejects.toThrow("InvalidSubnet.Range");

    const net = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true });
    const vpcId = net.id;
    const ipv6CidrBlock = (net.properties.ipv6CidrBlock as string).replace("/56", "/64");
    await aws.create(SUBNET, "a", { vpcId, cidrBlock: "10.0.0.0/20", ipv6CidrBlock });
    const twice = aws.create(SUBNET, "b", { vpcId, cidrBlock: "10.0.16.0/20", ipv6CidrBlock });
    await expect(twice).rejects.toThrow("InvalidSubnet.Conflict");

    const { id: egressOnlyGatewayId } = await aws.create(EGRESS_ONLY, "out", { vpcId });
    const { id: routeTableId } = await aws.create("aws:ec2/routeTable:RouteTable", "table", { vpcId });
    const route = (to: Fields) =>
      aws.create("aws:ec2/route:Route", "route", { routeTableId, egressOnlyGatewayId, ...to });
    await expect(route({ destinationCidrBlock: "0.0.0.0/0" })).rejects.toThrow("InvalidParameterCombination");
    expect((await route({ destinationIpv6CidrBlock: "::/0" })).id).toBe(`r-${routeTableId}_::/0`);
    await expect(aws.delete("net")).rejects.toThrow("DependencyViolation");
  });

  it("IPv6 for a cluster or its nodes in subnets that have none, give none, or beside what is of IPv4", async () => {
    const net = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true });
    const range = (number: number) => (net.properties.ipv6CidrBlock as string).replace("00::/56", `0${number}::/64`);
    const subnet = async (name: string, number: number, more: Fields) => {
      const place = { vpcId: net.id, cidrBlock: `10.0.${number * 16}.0/20` };
      const availabilityZone = `eu-west-1${name}`;
      return (await aws.create(SUBNET, `${name}${number}`, { ...place, availabilityZone, ...more })).id;
    };
    const gives = { assignIpv6AddressOnCreation: true };
    const good = [
      await subnet("a", 1, { ipv6CidrBlock: range(1), ...gives }),
      await subnet("b", 2, { ipv6CidrBlock: range(2), ...gives }),
    ];
    const givesNone = await subnet("c", 3, { ipv6CidrBlock: range(3) });
    const hasNone = await subnet("c", 4, {});
    const role = await aws.create("aws:iam/role:Role", "role", { assumeRolePolicy: TRUST });
    const roleArn: string = role.properties.arn;
    const make = (subnetIds: string[], kubernetesNetworkConfig: Fields, more: Fields = {}) =>
      aws.create(CLUSTER, "cluster", {
        name: "mesh",
        roleArn,
        vpcConfig: { subnetIds, ...more },
        kubernetesNetworkConfig,
      });
    const ipv6 = { ipFamily: "ipv6" };
    await expect(make([...good, hasNone], ipv6)).rejects.toThrow("does not have an IPv6 CIDR block");
    await expect(make(good, { ...ipv6, serviceIpv4Cidr: "172.20.0.0/16" })).rejects.toThrow("serviceIpv4Cidr");
    await expect(make(good, {}, { publicAccessCidrs: ["2001:db8::/32"] })).rejects.toThrow("publicAccessCidrs");
    const { properties } = await make(good, ipv6, { publicAccessCidrs: ["2001:db8::/32"] });
    expect(properties.kubernetesNetworkConfig).toEqual({
      ...ipv6,
      serviceIpv6Cidr: expect.stringMatching(/^fd.*\/108$/) as string,
    });

    const scalingConfig = { minSize: 1, maxSize: 2, desiredSize: 1 };
    const nodes = { clusterName: "mesh", nodeRoleArn: roleArn, scalingConfig };
    await expect(aws.create(NODE_GROUP, "nodes", { ...nodes, subnetIds: [...good, givesNone] })).rejects.toThrow(
      `Ec2SubnetInvalidConfiguration: the subnet ${givesNone}`,
    );
    await aws.create(NODE_GROUP, "nodes", { ...nodes, subnetIds: good });
  });

  it("a NAT gateway in a network without an internet gateway", async () => {
    const { subnetIds } = await network();
    const { id: allocationId } = await aws.create("aws:ec2/eip:Eip", "address", {});
    const made = aws.create("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnetIds[0], allocationId });
    await expect(made).rejects.toThrow("Gateway.NotAttached");
  });

  it("an endpoint of the wrong type, without names in its network, or twice", async () => {
    const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const { id: vpcId } = await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    const sts = { vpcId, serviceName: "com.amazonaws.eu-west-1.sts" };
    await expect(aws.create(ENDPOINT, "gateway", sts)).rejects.toThrow("does not match available service types");
    const inside = { ...sts, vpcEndpointType: "Interface", privateDnsEnabled: true };
    await aws.create(ENDPOINT, "sts", inside);
    await expect(aws.create(ENDPOINT, "again", inside)).rejects.toThrow("conflicting DNS domain");
    const { id } = await aws.create(VPC, "nameless", { cidrBlock: "10.1.0.0/16" });
    await expect(aws.create(ENDPOINT, "other", { ...inside, vpcId: id })).rejects.toThrow("enableDnsHostnames");
  });

  it("a cluster in one zone", async () => {
    const { subnetIds } = await network();
    const made = aws.create(CLUSTER, "c", { name: "c", roleArn: "arn:x", vpcConfig: { subnetIds: [subnetIds[0]] } });
    await expect(made).rejects.toThrow("at least two different AZs");
  });

  it("nodes before there is a pod network, and pods of add-ons before there are nodes", async () => {
    const nodes = await cluster({ bootstrapSelfManagedAddons: false });
    await expect(aws.create(NODE_GROUP, "nodes", nodes)).rejects.toThrow("NodeCreationFailure");
    await aws.create(ADDON, "cni", { clusterName: "mesh", addonName: "vpc-cni" });
    await expect(aws.create(ADDON, "dns", { clusterName: "mesh", addonName: "coredns" })).rejects.toThrow("DEGRADED");
    await aws.create(NODE_GROUP, "nodes", nodes);
    expect((await aws.create(ADDON, "dns", { clusterName: "mesh", addonName: "coredns" })).id).toBe("mesh:coredns");
  });

  it("an inline policy that is too long", async () => {
    const { id: role } = await aws.create("aws:iam/role:Role", "role", { assumeRolePolicy: TRUST });
    const policy = JSON.stringify({ Statement: ["x".repeat(11_000)] });
    await expect(aws.create("aws:iam/rolePolicy:RolePolicy", "p", { role, policy })).rejects.toThrow("LimitExceeded");
  });

  it("a role with a path that is none", async () => {
    const role = { assumeRolePolicy: TRUST };
    await expect(aws.create("aws:iam/role:Role", "r", { ...role, path: "/platform" })).rejects.toThrow(
      "ValidationError: The specified value for path is invalid",
    );
    const { properties } = await aws.create("aws:iam/role:Role", "r", { ...role, path: "/platform/" });
    expect(properties.arn).toMatch(/:role\/platform\/r-/);
  });
});

describe("a delete in the wrong order is refused", () => {
  it("a network with subnets, a subnet with a NAT, an internet gateway and an address that the NAT needs", async () => {
    const { vpcId, subnetIds } = await network();
    await nat(vpcId, subnetIds[0]);
    await expect(aws.delete("net")).rejects.toThrow("DependencyViolation");
    await expect(aws.delete("a")).rejects.toThrow("EC2 NAT Gateway");
    await expect(aws.delete("igw")).rejects.toThrow("mapped public address");
    await expect(aws.delete("address")).rejects.toThrow("InvalidIPAddress.InUse");
    for (const name of ["nat", "address", "igw", "a", "b", "net"]) await aws.delete(name);
    expect(aws.account.all()).toEqual([]);
  });

  it("a cluster with nodes, and a role with policies", async () => {
    const nodes = await cluster();
    await aws.create(NODE_GROUP, "nodes", nodes);
    const { id: role } = (await aws.read("role")) ?? {};
    const policyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
    await aws.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "policy", { role, policyArn });
    await expect(aws.delete("cluster")).rejects.toThrow("ResourceInUseException");
    await expect(aws.delete("a")).rejects.toThrow("DependencyViolation");
    await expect(aws.delete("role")).rejects.toThrow("DeleteConflict");
    for (const name of ["nodes", "cluster", "policy", "role", "a", "b", "net"]) await aws.delete(name);
    expect(aws.account.all()).toEqual([]);
  });

  it("a cluster that is protected", async () => {
    await cluster({ deletionProtection: true });
    await expect(aws.delete("cluster")).rejects.toThrow("deletion protection");
  });
});

describe("a fault on demand", () => {
  it.each<[FaultKind, string]>([
    ["quota", "api error VpcLimitExceeded: The maximum number of VPCs has been reached."],
    ["throttling", "exceeded maximum number of attempts, 25, api error ThrottlingException: Rate exceeded"],
  ])("%s leaves nothing behind, and the next run goes on", async (fault, message) => {
    aws.order({ type: VPC, operation: "create", fault });
    await expect(aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16" })).rejects.toThrow(message);
    expect(aws.account.all()).toEqual([]);
    rmSync(faultsFile(aws.account.folder));
    expect((await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16" })).id).toMatch(/^vpc-/);
  });

  it.each<[FaultKind, string]>([
    ["time-out", "timeout while waiting for state to become 'ACTIVE'"],
    ["half-made", "unexpected state 'CREATE_FAILED'"],
  ])("%s leaves a resource that the engine keeps, and the next run goes on with it", async (fault, message) => {
    const nodes = await cluster();
    aws.order({ type: NODE_GROUP, name: "nodes", operation: "create", fault });
    const failed: unknown = await aws.create(NODE_GROUP, "nodes", nodes).catch((error: unknown) => error);
    if (!(failed instanceof InitFailed)) throw failed as Error;
    expect(failed.reasons).toEqual([expect.stringContaining(message)]);
    const entry = aws.account.find(NODE_GROUP, failed.state.id);
    expect(entry?.unfinished).toContain(message);
    rmSync(faultsFile(aws.account.folder));
    await aws.update("nodes", nodes);
    expect(aws.account.find(NODE_GROUP, failed.state.id)?.unfinished).toBeUndefined();
  });

  it("befalls only the resource that it names, and only in the operation that it names", async () => {
    aws.order(
      { type: VPC, name: "other", operation: "create", fault: "quota" },
      { type: VPC, operation: "delete", fault: "throttling" },
    );
    await aws.create(VPC, "net", { cidrBlock: "10.0.0.0/16" });
    await expect(aws.delete("net")).rejects.toThrow("DeleteVpc");
    expect(aws.account.all()).toHaveLength(1);
  });
});
