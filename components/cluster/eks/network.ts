import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultCidr, defaultZones, subnetCidrs, type ZoneCidrs } from "./cidrs";
import { addEndpoints } from "./endpoints";
import type { Endpoint, Nat } from "./choices";
import { addFlowLogs } from "./flowLogs";
import { addPodSubnets, type PodSubnetIds } from "./podSubnets";

/** A network that a cluster runs in, by what AWS calls its parts. */
export interface NetworkIds {
  readonly vpcId: pulumi.Input<string>;
  /** For nodes, pods and internal load balancers: one in each zone, tagged `kubernetes.io/role/internal-elb`. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
}

/** What a network of the stack's own is like. */
export interface NetworkShape {
  /**
   * Range of the VPC, from /16 to /20.
   * @default "10.0.0.0/16"
   */
  readonly cidr?: string;

  /**
   * A second range of the VPC, from /16 to /20, that pods have their addresses of, in the place of the private subnets: of
   * 100.64.0.0/10, or of the same private kind as `cidr`.
   * @default - pods have addresses of the private subnets
   */
  readonly podCidr?: string;

  /**
   * Letters of the availability zones in the region. Named, not looked up: the list that AWS gives changes, and with it
   * the subnets would be replaced. `checkWithAws` sees to it that they are there.
   * @default ["a", "b", "c"]
   */
  readonly zones?: readonly string[];

  /**
   * One NAT gateway for all zones is cheaper; one in each survives the loss of a zone, and sends nothing across zones. With
   * none, there is no internet: neither public subnets nor a gateway, and AWS is reached by `endpoints` alone.
   * @default "one"
   */
  readonly nat?: Nat;

  /**
   * Ways to AWS's services that do not lead through the NAT gateway. `s3` is free of charge; the others cost by the hour and
   * zone, and save the NAT gateway's price, e.g. of each image pulled from ECR.
   * @default ["s3"]
   */
  readonly endpoints?: readonly Endpoint[];

  /**
   * Whether to keep a record of every connection, accepted or rejected.
   * @default false
   */
  readonly flowLogs?: boolean;
}

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
      { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: this.#tags("") },
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
    const tables = subnets.map((subnet) => {
      const place = outside?.subnets[subnet.zone];
      if (outside && place && (gateway === undefined || nat === "per-zone")) {
        gateway = this.#nat(subnet.zone, place, outside.internet);
      }
      const target = gateway && { natGatewayId: gateway.id };
      const table = this.#routes(`private-${subnet.zone}`, vpc, target);
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
    const routes = this.#routes("public", vpc, { gatewayId: internet.id });
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

  #routes(suffix: string, vpc: aws.ec2.Vpc, target?: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">) {
    const name = `${this.#name}-${suffix}`;
    const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id, tags: this.#tags(`-${suffix}`) }, { parent: this });
    if (target) {
      const route = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target };
      new aws.ec2.Route(name, route, { parent: this });
    }
    return table;
  }

  #use(table: aws.ec2.RouteTable, suffix: string, subnet: aws.ec2.Subnet): void {
    new aws.ec2.RouteTableAssociation(
      `${this.#name}-${suffix}`,
      { routeTableId: table.id, subnetId: subnet.id },
      { parent: this },
    );
  }

  #tags(suffix: string): Record<string, string> {
    return { Name: `${this.#args.cluster}${suffix}` };
  }
}
