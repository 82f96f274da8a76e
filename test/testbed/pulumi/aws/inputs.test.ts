import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TYPES } from "../../../../testbed/pulumi/aws/types/index.ts";
import { UNKNOWN } from "../../../../testbed/pulumi/provider/values/secrets.ts";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import { AwsUnderTest, refusedBy } from "./awsUnderTest.ts";

const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const NODES = {
  clusterName: "mesh",
  nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
  subnetIds: ["subnet-1"],
  scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 2 },
};

/** Inputs that are good, for each type of the table; the tests below spoil them one by one. */
const GOOD: Readonly<Record<string, Fields>> = {
  "aws:ec2/vpc:Vpc": { cidrBlock: "10.0.0.0/16" },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": { vpcId: "vpc-1", cidrBlock: "100.64.0.0/16" },
  "aws:ec2/subnet:Subnet": { vpcId: "vpc-1", cidrBlock: "10.0.0.0/20", availabilityZone: "eu-west-1a" },
  "aws:ec2/internetGateway:InternetGateway": { vpcId: "vpc-1" },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": { vpcId: "vpc-1" },
  "aws:ec2/eip:Eip": { domain: "vpc" },
  "aws:ec2/natGateway:NatGateway": { subnetId: "subnet-1", allocationId: "eipalloc-1" },
  "aws:ec2/routeTable:RouteTable": { vpcId: "vpc-1" },
  "aws:ec2/route:Route": { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { subnetId: "subnet-1", routeTableId: "rtb-1" },
  "aws:ec2/securityGroup:SecurityGroup": { vpcId: "vpc-1" },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { vpcId: "vpc-1" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" },
  "aws:ec2/flowLog:FlowLog": { vpcId: "vpc-1", trafficType: "ALL", logDestination: "arn:aws:logs:x" },
  "aws:ec2/launchTemplate:LaunchTemplate": { metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" } },
  "aws:iam/role:Role": { assumeRolePolicy: TRUST },
  "aws:iam/policy:Policy": { policy: TRUST },
  "aws:iam/rolePolicy:RolePolicy": { role: "nodes", policy: TRUST },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { role: "nodes", policyArn: "arn:aws:iam::aws:policy/X" },
  "aws:kms/key:Key": { deletionWindowInDays: 7 },
  "aws:kms/alias:Alias": { name: "alias/mesh", targetKeyId: "1" },
  "aws:cloudwatch/logGroup:LogGroup": { name: "/aws/eks/mesh/cluster", retentionInDays: 30 },
  "aws:sqs/queue:Queue": { messageRetentionSeconds: 300, sqsManagedSseEnabled: true },
  "aws:sqs/queuePolicy:QueuePolicy": { queueUrl: "https://sqs.eu-west-1.amazonaws.com/1/q", policy: TRUST },
  "aws:cloudwatch/eventRule:EventRule": { eventPattern: '{"source":["aws.ec2"]}' },
  "aws:cloudwatch/eventTarget:EventTarget": { rule: "spot", arn: "arn:aws:sqs:eu-west-1:1:q" },
  "aws:eks/cluster:Cluster": { name: "mesh", roleArn: "arn:aws:iam::1:role/eks", vpcConfig: { subnetIds: [] } },
  "aws:eks/nodeGroup:NodeGroup": NODES,
  "aws:eks/addon:Addon": { clusterName: "mesh", addonName: "coredns", addonVersion: "v1.14.3-eksbuild.3" },
  "aws:eks/accessEntry:AccessEntry": { clusterName: "mesh", principalArn: "arn:aws:iam::1:role/ci" },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    clusterName: "mesh",
    principalArn: "arn:aws:iam::1:role/ci",
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    accessScope: { type: "cluster" },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    ...{ clusterName: "mesh", namespace: "kube-system", serviceAccount: "ebs" },
    roleArn: "arn:aws:iam::1:role/ebs",
  },
};

let aws: AwsUnderTest;
beforeAll(() => {
  aws = new AwsUnderTest();
});
afterAll(() => {
  aws.remove();
});

it("has an example of each type of the table", () => {
  expect(Object.keys(GOOD).sort()).toEqual(Object.keys(TYPES).sort());
});

describe.each(Object.entries(GOOD))("%s", (type, good) => {
  it("takes inputs that are good", async () => {
    expect(await refusedBy(aws.check(type, good))).toEqual([]);
  });

  it("refuses to be without each property that it requires", async () => {
    for (const property of TYPES[type]?.required ?? []) {
      expect(await refusedBy(aws.check(type, { ...good, [property]: undefined }))).toContain(property);
    }
  });

  it("lets pass what is not known before the program runs", async () => {
    const unknown = Object.fromEntries(Object.keys(good).map((key) => [key, UNKNOWN]));
    expect(await refusedBy(aws.check(type, unknown))).toEqual([]);
  });
});

describe("what the real plugin refuses before it calls AWS", () => {
  it.each<[what: string, type: string, spoilt: Fields, property: string]>([
    ["a network that is too big", "aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/8" }, "cidrBlock"],
    ["a subnet that is too small", "aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/29" }, "cidrBlock"],
    [
      "machines with addresses of a subnet that has none",
      "aws:ec2/subnet:Subnet",
      { assignIpv6AddressOnCreation: true },
      "assignIpv6AddressOnCreation",
    ],
    ["a subnet with all of IPv6", "aws:ec2/subnet:Subnet", { ipv6CidrBlock: "2001:db8::/56" }, "ipv6CidrBlock"],
    ["a network without addresses", "aws:ec2/vpc:Vpc", { cidrBlock: undefined }, "cidrBlock"],
    ["addresses from two sources", "aws:ec2/vpc:Vpc", { ipv4IpamPoolId: "ipam-1" }, "cidrBlock"],
    ["a public NAT without an address", "aws:ec2/natGateway:NatGateway", { allocationId: undefined }, "allocationId"],
    ["a route with two targets", "aws:ec2/route:Route", { natGatewayId: "nat-1" }, "gatewayId"],
    ["a route without a target", "aws:ec2/route:Route", { gatewayId: undefined }, "gatewayId"],
    ["an interval of flow logs", "aws:ec2/flowLog:FlowLog", { maxAggregationInterval: 30 }, "maxAggregationInterval"],
    ["two names", "aws:ec2/launchTemplate:LaunchTemplate", { name: "a", namePrefix: "b" }, "name"],
    ["a trust policy that is no JSON", "aws:iam/role:Role", { assumeRolePolicy: "{" }, "assumeRolePolicy"],
    [
      "a policy that is no ARN",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      { policyArn: "AmazonEKSClusterPolicy" },
      "policyArn",
    ],
    ["a boundary that is no ARN", "aws:iam/role:Role", { permissionsBoundary: "boundary" }, "permissionsBoundary"],
    ["a key that goes at once", "aws:kms/key:Key", { deletionWindowInDays: 1 }, "deletionWindowInDays"],
    ["an alias without its prefix", "aws:kms/alias:Alias", { name: "mesh" }, "name"],
    [
      "a retention that CloudWatch lacks",
      "aws:cloudwatch/logGroup:LogGroup",
      { retentionInDays: 31 },
      "retentionInDays",
    ],
    [
      "a cluster that nobody reaches",
      "aws:eks/cluster:Cluster",
      { vpcConfig: { endpointPublicAccess: false } },
      "vpcConfig",
    ],
    ["half an Auto Mode", "aws:eks/cluster:Cluster", { computeConfig: { enabled: true } }, "computeConfig"],
    [
      "more nodes than there may be",
      "aws:eks/nodeGroup:NodeGroup",
      { scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 3 } },
      "scalingConfig.desiredSize",
    ],
    [
      "Graviton with an image for Intel",
      "aws:eks/nodeGroup:NodeGroup",
      { instanceTypes: ["m7g.large"], amiType: "AL2023_x86_64_STANDARD" },
      "instanceTypes",
    ],
    [
      "Intel with an image for Graviton",
      "aws:eks/nodeGroup:NodeGroup",
      { instanceTypes: ["m7i.large"], amiType: "BOTTLEROCKET_ARM_64" },
      "instanceTypes",
    ],
    [
      "a disk beside a launch template",
      "aws:eks/nodeGroup:NodeGroup",
      { diskSize: 20, launchTemplate: { id: "lt-1" } },
      "diskSize",
    ],
    [
      "a release for another Kubernetes",
      "aws:eks/nodeGroup:NodeGroup",
      { amiType: "AL2023_ARM_64_STANDARD", version: "1.35", releaseVersion: "1.34.2-20261101" },
      "releaseVersion",
    ],
    ["user data as it is", "aws:ec2/launchTemplate:LaunchTemplate", { userData: "#!/bin/sh" }, "userData"],
    ["messages that go at once", "aws:sqs/queue:Queue", { messageRetentionSeconds: 1 }, "messageRetentionSeconds"],
    ["a pattern that is no JSON", "aws:cloudwatch/eventRule:EventRule", { eventPattern: "{" }, "eventPattern"],
    ["an add-on's version without its build", "aws:eks/addon:Addon", { addonVersion: "v1.14.3" }, "addonVersion"],
    [
      "a policy that is none of EKS's",
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      { policyArn: "arn:aws:iam::aws:policy/X" },
      "policyArn",
    ],
    ["tags of AWS's own", "aws:ec2/vpc:Vpc", { tags: { "aws:owner": "me" } }, 'tags["aws:owner"]'],
  ])("%s", async (_what, type, spoilt, property) => {
    expect(await refusedBy(aws.check(type, { ...GOOD[type], ...spoilt }))).toEqual([property]);
  });
});

describe("a name", () => {
  it("is proposed where the program gives none, kept from then on, and given up for one of the program's", async () => {
    const role = { assumeRolePolicy: TRUST };
    const first = await aws.check("aws:iam/role:Role", role);
    expect(first).toMatchObject({ name: "thing-0a1b2c3", __defaults: ["name"] });
    const again = await aws.check("aws:iam/role:Role", role, { ...first, name: "thing-of-before" });
    expect(again.name).toBe("thing-of-before");
    expect(await aws.check("aws:iam/role:Role", { ...role, name: "mine" }, again)).toMatchObject({
      name: "mine",
      __defaults: [],
    });
  });

  it("is never shortened: what is too long for the plugin or for AWS is refused", async () => {
    const role = { assumeRolePolicy: TRUST };
    const [fits, tooLong] = ["n".repeat(64 - "-0a1b2c3".length), "n".repeat(64 - "-0a1b2c3".length + 1)];
    expect(await aws.check("aws:iam/role:Role", role, {}, fits)).toMatchObject({ name: `${fits}-0a1b2c3` });
    await expect(aws.check("aws:iam/role:Role", role, {}, tooLong)).rejects.toThrow(
      `could not make instance of 'aws:iam/role:Role': name '${tooLong}-' plus 7 random chars is longer than maximum length 64`,
    );
    const cluster = { ...GOOD["aws:eks/cluster:Cluster"], name: undefined };
    expect(await refusedBy(aws.check("aws:eks/cluster:Cluster", cluster, {}, "c".repeat(100)))).toEqual(["name"]);
    expect(await refusedBy(aws.check("aws:eks/nodeGroup:NodeGroup", NODES, {}, "n".repeat(56)))).toEqual([
      "nodeGroupName",
    ]);
  });

  it("is held against the limits of AWS's own models", async () => {
    for (const [type, { autoname, lengths: known = {} }] of Object.entries(TYPES)) {
      if (autoname) expect(known, type).toHaveProperty(autoname.property);
      for (const [property, longest] of Object.entries(known)) {
        const spoilt = { ...GOOD[type], [property]: `/${"x".repeat(longest)}` };
        expect(await refusedBy(aws.check(type, spoilt)), type).toContain(property);
      }
    }
    const tags = { ["k".repeat(129)]: "long", long: "v".repeat(257), right: "v".repeat(256) };
    expect(await refusedBy(aws.check("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", tags }))).toEqual([
      `tags["${"k".repeat(129)}"]`,
      'tags["long"]',
    ]);
  });
});
