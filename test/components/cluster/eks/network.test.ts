import { describe, expect, it } from "vitest";
import { endpoints } from "../../../../components/cluster/eks/choices.ts";
import { Network, type NetworkArgs } from "../../../../components/cluster/eks/network.ts";
import { record, the, type Recorded } from "../../../recorder.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES } from "./aws.ts";

const recordNetwork = (args: Partial<NetworkArgs> = {}) =>
  record(
    () => new Network("network", { cluster: "mesh-dev", region: "eu-west-1", logRetention: 7, ...args }),
    CLUSTER_TYPES,
    { outputs: awsOutputs, calls: awsCalls() },
  );
const ofType = (resources: readonly Recorded[], type: string) =>
  resources.filter((each) => each.type.endsWith(`:${type}`));

describe("a network", () => {
  it("has a public and a private subnet in each zone, marked for the load balancers that belong there", async () => {
    const resources = await recordNetwork({ cidr: "10.10.0.0/16" });
    expect(ofType(resources, "Subnet")).toHaveLength(6);
    expect(the(resources, "Subnet", "network-private-b").inputs).toEqual({
      vpcId: "network-id",
      cidrBlock: "10.10.64.0/18",
      availabilityZone: "eu-west-1b",
      mapPublicIpOnLaunch: false,
      tags: {
        Name: "mesh-dev-private-b",
        "kubernetes.io/role/internal-elb": "1",
        "kubernetes.io/cluster/mesh-dev": "shared",
      },
    });
    expect(the(resources, "Subnet", "network-public-b").inputs).toMatchObject({
      cidrBlock: "10.10.208.0/20",
      mapPublicIpOnLaunch: false,
      tags: { "kubernetes.io/role/elb": "1" },
    });
  });

  it.each([
    ["one", ["network-nat-a"], ["network-nat-a", "network-nat-a", "network-nat-a"]],
    [
      "per-zone",
      ["network-nat-a", "network-nat-b", "network-nat-c"],
      ["network-nat-a", "network-nat-b", "network-nat-c"],
    ],
  ] as const)("reaches out of its private subnets through NAT, %s", async (nat, gateways, used) => {
    const resources = await recordNetwork({ nat });
    expect(ofType(resources, "NatGateway").map(({ name }) => name)).toEqual(gateways);
    expect(
      ["a", "b", "c"].map((zone) => the(resources, "Route", `network-private-${zone}`).inputs.natGatewayId),
    ).toEqual(used.map((name) => `${name}-id`));
    expect(the(resources, "Route", "network-public").inputs).toMatchObject({ gatewayId: "network-id" });
  });

  it("keeps its tables of routes when one NAT gateway becomes several", async () => {
    const names = async (nat: "one" | "per-zone") =>
      ofType(await recordNetwork({ nat }), "RouteTable").map(({ name }) => name);
    expect(await names("one")).toEqual(await names("per-zone"));
  });

  it("connects every subnet with one table", async () => {
    const resources = await recordNetwork();
    const connected = ofType(resources, "RouteTableAssociation").map(({ inputs }) => inputs.subnetId);
    expect(connected.toSorted()).toEqual(
      ofType(resources, "Subnet")
        .map(({ name }) => `${name}-id`)
        .toSorted(),
    );
  });

  it("gives its public addresses back before the gateway to the internet goes", async () => {
    const resources = await recordNetwork();
    const internet = "aws:ec2/internetGateway:InternetGateway network";
    expect(the(resources, "Eip", "network-nat-a").dependsOn).toContain(internet);
    expect(the(resources, "NatGateway", "network-nat-a").dependsOn).toContain(internet);
  });

  it("lets nothing through its default security group", async () => {
    const { inputs } = the(await recordNetwork(), "DefaultSecurityGroup", "network");
    expect(inputs).not.toHaveProperty("ingress");
    expect(inputs).not.toHaveProperty("egress");
  });

  it("has the ways to S3 and ECR that are asked for, S3's alone by default", async () => {
    const services = async (args: Partial<NetworkArgs>) =>
      ofType(await recordNetwork(args), "VpcEndpoint").map(({ inputs }) => inputs.serviceName);
    expect(await services({})).toEqual(["com.amazonaws.eu-west-1.s3"]);
    expect(await services({ endpoints: [] })).toEqual([]);
    expect((await services({ endpoints: ["s3", "ecr"] })).toSorted()).toEqual([
      "com.amazonaws.eu-west-1.ecr.api",
      "com.amazonaws.eu-west-1.ecr.dkr",
      "com.amazonaws.eu-west-1.s3",
    ]);
    const resources = await recordNetwork({ endpoints: ["ecr"], cidr: "10.1.0.0/16" });
    expect(the(resources, "SecurityGroup", "network-endpoints").inputs.ingress).toEqual([
      expect.objectContaining({ fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["10.1.0.0/16"] }),
    ]);
    expect(the(resources, "VpcEndpoint", "network-ecr-api").inputs).toMatchObject({ privateDnsEnabled: true });
  });

  it("reaches nothing but AWS without NAT, by endpoints in one security group", async () => {
    const resources = await recordNetwork({ nat: "none", endpoints });
    const names = (type: string) => ofType(resources, type).map(({ name }) => name);
    for (const type of ["NatGateway", "Eip", "InternetGateway", "Route"]) expect(names(type), type).toEqual([]);
    expect(names("Subnet")).toEqual(["network-private-a", "network-private-b", "network-private-c"]);
    expect(names("RouteTable")).toEqual(names("Subnet"));
    expect(the(resources, "VpcEndpoint", "network-s3").inputs).toMatchObject({
      vpcEndpointType: "Gateway",
      routeTableIds: names("RouteTable").map((name) => `${name}-id`),
    });
    const interfaces = ofType(resources, "VpcEndpoint").filter(({ name }) => name !== "network-s3");
    expect(interfaces.map(({ name, inputs }) => [name, inputs.serviceName])).toEqual(
      ["ecr.api", "ecr.dkr", "sts", "ec2", "eks", "eks-auth", "elasticloadbalancing", "logs"].map((service) => [
        `network-${service.replace(".", "-")}`,
        `com.amazonaws.eu-west-1.${service}`,
      ]),
    );
    for (const { name, inputs } of interfaces) {
      expect(inputs, name).toMatchObject({
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: names("Subnet").map((subnet) => `${subnet}-id`),
        securityGroupIds: ["network-endpoints-id"],
      });
    }
  });

  it("has a range for pods, with a subnet in each zone by which they reach what nodes reach", async () => {
    const resources = await recordNetwork({ podCidr: "100.64.0.0/16", zones: ["a", "c"], endpoints: ["s3", "ecr"] });
    const range = the(resources, "VpcIpv4CidrBlockAssociation", "network-pods");
    expect(range.inputs).toEqual({ vpcId: "network-id", cidrBlock: "100.64.0.0/16" });
    const subnets = ofType(resources, "Subnet").filter(({ name }) => name.includes("-pods-"));
    expect(subnets.map(({ name, inputs }) => [name, inputs])).toEqual(
      Object.entries({ a: "100.64.0.0/18", c: "100.64.64.0/18" }).map(([zone, cidrBlock]) => [
        `network-pods-${zone}`,
        {
          vpcId: "network-id",
          cidrBlock,
          availabilityZone: `eu-west-1${zone}`,
          mapPublicIpOnLaunch: false,
          // No load balancer is to go there.
          tags: { Name: `mesh-dev-pods-${zone}` },
        },
      ]),
    );
    for (const { dependsOn } of subnets) expect(dependsOn).toContain(`${range.type} network-pods`);
    expect(the(resources, "RouteTableAssociation", "network-pods-c").inputs).toEqual({
      routeTableId: "network-private-c-id",
      subnetId: "network-pods-c-id",
    });
    expect(the(resources, "SecurityGroup", "network-endpoints").inputs.ingress).toEqual([
      expect.objectContaining({ cidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"] }),
    ]);
    expect(the(resources, "VpcEndpoint", "network-ecr-api").inputs.subnetIds).toEqual([
      "network-private-a-id",
      "network-private-c-id",
    ]);
  });

  it("keeps all else as it is when pods get a range", async () => {
    const [before, after] = [await recordNetwork(), await recordNetwork({ podCidr: "100.64.0.0/16" })];
    const others = after.filter(({ name }) => !name.includes("-pods"));
    expect(others.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual(
      before.map(({ type, name, inputs }) => ({ type, name, inputs })),
    );
  });

  describe("with IPv6", () => {
    it("has a range of AWS's, of which each subnet has a /64; machines get addresses where nodes are alone", async () => {
      const resources = await recordNetwork({ ipFamily: "ipv6", zones: ["a", "c"] });
      expect(the(resources, "Vpc", "network").inputs).toMatchObject({
        cidrBlock: "10.0.0.0/16",
        assignGeneratedIpv6CidrBlock: true,
      });
      const subnets = ofType(resources, "Subnet").map(({ name, inputs }) => [
        name,
        inputs.ipv6CidrBlock,
        inputs.assignIpv6AddressOnCreation,
      ]);
      expect(subnets.toSorted()).toEqual([
        ["network-private-a", "2a05:d018:12:3400::/64", true],
        ["network-private-c", "2a05:d018:12:3401::/64", true],
        ["network-public-a", "2a05:d018:12:3480::/64", false],
        ["network-public-c", "2a05:d018:12:3481::/64", false],
      ]);
    });

    it("lets private subnets out and nobody in, and public ones both ways, beside the ways of IPv4", async () => {
      const resources = await recordNetwork({ ipFamily: "ipv6" });
      const gateway = the(resources, "EgressOnlyInternetGateway", "network");
      expect(gateway.inputs).toEqual({ vpcId: "network-id", tags: { Name: "mesh-dev" } });
      for (const zone of ["a", "b", "c"]) {
        expect(the(resources, "Route", `network-private-${zone}-ipv6`).inputs).toEqual({
          routeTableId: `network-private-${zone}-id`,
          destinationIpv6CidrBlock: "::/0",
          egressOnlyGatewayId: "network-id",
        });
        expect(the(resources, "Route", `network-private-${zone}`).inputs).toMatchObject({
          destinationCidrBlock: "0.0.0.0/0",
          natGatewayId: "network-nat-a-id",
        });
      }
      expect(the(resources, "Route", "network-public-ipv6").inputs).toEqual({
        routeTableId: "network-public-id",
        destinationIpv6CidrBlock: "::/0",
        gatewayId: "network-id",
      });
    });

    it("has no way to the internet without NAT, by IPv6 neither", async () => {
      const resources = await recordNetwork({ ipFamily: "ipv6", nat: "none", endpoints });
      for (const type of ["EgressOnlyInternetGateway", "InternetGateway", "Route"]) {
        expect(ofType(resources, type), type).toEqual([]);
      }
      expect(the(resources, "Subnet", "network-private-a").inputs).toMatchObject({
        ipv6CidrBlock: "2a05:d018:12:3400::/64",
        assignIpv6AddressOnCreation: true,
      });
    });

    it("keeps all else as it is", async () => {
      const [without, beside] = [await recordNetwork(), await recordNetwork({ ipFamily: "ipv6" })];
      const others = beside.filter(({ type, name }) => !name.endsWith("-ipv6") && !type.includes("EgressOnly"));
      const plain = (resources: readonly Recorded[]) =>
        resources
          .map(({ type, name, inputs }) => ({
            resource: `${type} ${name}`,
            inputs: Object.fromEntries(Object.entries(inputs).filter(([key]) => !/ipv6/i.test(key))),
          }))
          .toSorted((one, other) => one.resource.localeCompare(other.resource));
      expect(plain(others)).toEqual(plain(without));
      expect(JSON.stringify(without.map(({ inputs }) => inputs))).not.toMatch(/ipv6|::/i);
    });
  });

  it("keeps what it has inside when the internet goes", async () => {
    const inside = async (nat: "one" | "none") =>
      (await recordNetwork({ nat }))
        .filter(
          ({ type, name }) => /:(Vpc|Subnet|RouteTable|RouteTableAssociation)$/.test(type) && !name.includes("public"),
        )
        .map(({ type, name, inputs }) => ({ type, name, inputs }));
    expect(await inside("none")).toEqual(await inside("one"));
  });

  it("keeps flow logs as long as asked, by a role that can do nothing else, and that works for this account alone", async () => {
    expect(ofType(await recordNetwork(), "FlowLog")).toEqual([]);
    const resources = await recordNetwork({ flowLogs: true, logRetention: 365 });
    expect(the(resources, "LogGroup", "network-flow-logs").inputs).toMatchObject({ retentionInDays: 365 });
    expect(the(resources, "FlowLog", "network").inputs).toMatchObject({ vpcId: "network-id", trafficType: "ALL" });
    const { policy } = the(resources, "RolePolicy", "network-flow-logs").inputs as { policy: string };
    const actions = (JSON.parse(policy) as { Statement: { Action: string | string[] }[] }).Statement.flatMap(
      ({ Action }) => Action,
    );
    for (const action of actions) expect(action).toMatch(/^logs:(CreateLogStream|PutLogEvents|Describe\w+)$/);
    const { assumeRolePolicy } = the(resources, "Role", "network-flow-logs").inputs;
    expect(JSON.parse(String(assumeRolePolicy))).toMatchObject({
      Statement: [
        {
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/*" },
          },
        },
      ],
    });
  });
});
