import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultCidr, defaultZones, subnetCidrs, type ZoneCidrs } from "./cidrs.ts";
import { addEndpoints } from "./endpoints.ts";
import { addFlowLogs } from "./flowLogs.ts";
import { addEgressOnlyGateway, ipv6OfSubnet } from "./ipv6.ts";
import type { NetworkIds, NetworkShape } from "./networkShape.ts";
import { addPodSubnets, type PodSubnetIds } from "./podSubnets.ts";

export interface NetworkArgs extends NetworkShape {
  /** Name of the cluster, for names and tags. */
  readonly cluster: string;
  /** The region, e.g. `eu-west-1`. */
  readonly region: string;
  /** Days for which flow logs are kept. */
  readonly logRetention: number;
}

/** The part of a network that faces the internet. */
interface Outside {
  readonly internet: aws.ec2.InternetGateway;
  /** By letter of the zone. */
  readonly subnets: Readonly<Record<string, aws.ec2.Subnet>>;
  readonly routes: aws.ec2.RouteTable;
}

/** Where packets go that are for nobody in the VPC. */
type Way = Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId" | "egressOnlyGatewayId">;

/** Ways out, for each kind of address. */
interface WaysOut {
  readonly ipv4?: Way | undefined;
  readonly ipv6?: Way | undefined;
}

/**
 * A VPC with a public and a private subnet in each zone: nodes have no public addresses and reach out through NAT; or one with
 * private subnets alone.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html
 */
export class Network extends pulumi.ComponentResource implements NetworkIds {
  readonly vpcId: pulumi.Output<string>;
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  /** For what faces the internet; none where there is no internet. */
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  /** Those of pods alone, where they have a range of their own. */
  readonly podSubnetIds: PodSubnetIds | undefined;

  readonly #name: string;
  readonly #args: NetworkArgs;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:Network", name, {}, options);
    this.#name = name;
    this.#args = args;
    const { cidr = defaultCidr, zones = defaultZones, nat = "one", endpoints = ["s3"], flowLogs = false } = args;
    const { podCidr } = args;
    const parent = { parent: this };

    const vpc = new aws.ec2.Vpc(
      name,
      {
        cidrBlock: cidr,
        ...(this.#hasIpv6 && { assignGeneratedIpv6CidrBlock: true }),
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: this.#tags(""),
      },
      parent,
    );
    this.vpcId = vpc.id;

    // What a VPC comes with lets all its members talk to each other; nobody is to be in it by mistake.
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, tags: this.#tags("-unused") }, parent);
    const subnets = subnetCidrs(cidr, zones).map((ranges) => ({
      zone: ranges.zone,
      private: this.#subnet("private", ranges, vpc),
      ranges,
    }));
    this.privateSubnetIds = subnets.map((subnet) => subnet.private.id);

    const outside =
      nat === "none"
        ? undefined
        : this.#outside(
            vpc,
            subnets.map(({ ranges }) => ranges),
          );
    this.publicSubnetIds = outside ? Object.values(outside.subnets).map(({ id }) => id) : [];

    // A table for each zone even with one NAT gateway: going from one to several then replaces nothing but routes.
    let gateway: aws.ec2.NatGateway | undefined;
    const egressOnly =
      outside && this.#hasIpv6 ? addEgressOnlyGateway(name, { vpc, tags: this.#tags(""), ...parent }) : undefined;
    const tables = subnets.map((subnet) => {
      const place = outside?.subnets[subnet.zone];
      if (outside && place && (gateway === undefined || nat === "per-zone")) {
        gateway = this.#nat(subnet.zone, place, outside.internet);
      }
      const table = this.#routes(`private-${subnet.zone}`, vpc, {
        ipv4: gateway && { natGatewayId: gateway.id },
        ipv6: egressOnly && { egressOnlyGatewayId: egressOnly.id },
      });
      this.#use(table, `private-${subnet.zone}`, subnet.private);
      return [subnet.zone, table] as const;
    });
    const routeTables = Object.fromEntries(tables);

    const inVpc = { region: args.region, vpc, tags: (suffix: string) => this.#tags(suffix), parent: this };
    this.podSubnetIds =
      podCidr === undefined ? undefined : addPodSubnets(name, { ...inVpc, cidr: podCidr, routeTables });
    addEndpoints(name, {
      ...inVpc,
      endpoints,
      ...(podCidr !== undefined && { podCidr }),
      routeTableIds: [...(outside ? [outside.routes] : []), ...Object.values(routeTables)].map((table) => table.id),
      subnetIds: this.privateSubnetIds,
    });
    if (flowLogs) {
      const tags = this.#tags("-flow-logs");
      addFlowLogs(name, { vpc, region: args.region, retention: args.logRetention, tags, parent: this });
    }

    this.registerOutputs({ vpcId: this.vpcId });
  }

  /** What faces the internet: the gateway to it, and a public subnet in each zone. */
  #outside(vpc: aws.ec2.Vpc, ranges: readonly ZoneCidrs[]): Outside {
    const internet = new aws.ec2.InternetGateway(this.#name, { vpcId: vpc.id, tags: this.#tags("") }, { parent: this });
    const subnets = Object.fromEntries(ranges.map((each) => [each.zone, this.#subnet("public", each, vpc)]));
    const way = { gatewayId: internet.id };
    const routes = this.#routes("public", vpc, { ipv4: way, ipv6: this.#hasIpv6 ? way : undefined });
    for (const [zone, subnet] of Object.entries(subnets)) this.#use(routes, `public-${zone}`, subnet);
    return { internet, subnets, routes };
  }

  #subnet(kind: "public" | "private", ranges: ZoneCidrs, vpc: aws.ec2.Vpc): aws.ec2.Subnet {
    const { zone } = ranges;
    const role = { public: "elb", private: "internal-elb" }[kind];
    return new aws.ec2.Subnet(
      `${this.#name}-${kind}-${zone}`,
      {
        vpcId: vpc.id,
        cidrBlock: ranges[kind],
        ...(this.#hasIpv6 && ipv6OfSubnet(vpc, kind, ranges.place)),
        availabilityZone: `${this.#args.region}${zone}`,
        // Public or not: nothing gets a public address that does not ask for one.
        mapPublicIpOnLaunch: false,
        tags: {
          ...this.#tags(`-${kind}-${zone}`),
          [`kubernetes.io/role/${role}`]: "1",
          [`kubernetes.io/cluster/${this.#args.cluster}`]: "shared",
        },
      },
      { parent: this },
    );
  }

  #nat(zone: string, subnet: aws.ec2.Subnet, internet: aws.ec2.InternetGateway): aws.ec2.NatGateway {
    const name = `${this.#name}-nat-${zone}`;
    const tags = this.#tags(`-nat-${zone}`);
    // An address is given back before the gateway to the internet can go.
    const options = { parent: this, dependsOn: [internet] };
    const address = new aws.ec2.Eip(name, { domain: "vpc", tags }, options);
    return new aws.ec2.NatGateway(name, { allocationId: address.id, subnetId: subnet.id, tags }, options);
  }

  #routes(suffix: string, vpc: aws.ec2.Vpc, { ipv4, ipv6 }: WaysOut): aws.ec2.RouteTable {
    const name = `${this.#name}-${suffix}`;
    const parent = { parent: this };
    const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id, tags: this.#tags(`-${suffix}`) }, parent);
    const routeTableId = table.id;
    if (ipv4) new aws.ec2.Route(name, { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...ipv4 }, parent);
    if (ipv6) new aws.ec2.Route(`${name}-ipv6`, { routeTableId, destinationIpv6CidrBlock: "::/0", ...ipv6 }, parent);
    return table;
  }

  #use(table: aws.ec2.RouteTable, suffix: string, subnet: aws.ec2.Subnet): void {
    new aws.ec2.RouteTableAssociation(
      `${this.#name}-${suffix}`,
      { routeTableId: table.id, subnetId: subnet.id },
      { parent: this },
    );
  }

  get #hasIpv6(): boolean {
    return this.#args.ipFamily === "ipv6";
  }

  #tags(suffix: string): Record<string, string> {
    return { Name: `${this.#args.cluster}${suffix}` };
  }
}
