import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { podSubnetCidrs } from "./cidrs";

interface PodSubnetsArgs {
  /** Range of all of them, e.g. `100.64.0.0/16`. */
  readonly cidr: string;
  readonly region: string;
  readonly vpc: aws.ec2.Vpc;
  /** The tables of routes of the private subnets, by letter of the zone. */
  readonly routeTables: Readonly<Record<string, aws.ec2.RouteTable>>;
  readonly tags: (suffix: string) => Record<string, string>;
  readonly parent: pulumi.Resource;
}

/** Ids of the subnets of pods, by name of the zone, e.g. `eu-west-1a`. */
export type PodSubnetIds = Readonly<Record<string, pulumi.Output<string>>>;

/** A second range of the VPC, with a subnet for pods in each zone that has the routes of the private one. */
export function addPodSubnets(name: string, args: PodSubnetsArgs): PodSubnetIds {
  const { cidr, region, vpc, routeTables, tags, parent } = args;
  const range = new aws.ec2.VpcIpv4CidrBlockAssociation(`${name}-pods`, { vpcId: vpc.id, cidrBlock: cidr }, { parent });
  const subnets = Object.entries(podSubnetCidrs(cidr, Object.keys(routeTables))).map(([zone, cidrBlock]) => {
    const suffix = `-pods-${zone}`;
    const availabilityZone = `${region}${zone}`;
    // Load balancers are not to find it: no tag says that it is for them.
    const subnet = new aws.ec2.Subnet(
      `${name}${suffix}`,
      { vpcId: vpc.id, cidrBlock, availabilityZone, mapPublicIpOnLaunch: false, tags: tags(suffix) },
      { parent, dependsOn: [range] },
    );
    const routeTableId = routeTables[zone]?.id;
    if (routeTableId !== undefined) {
      new aws.ec2.RouteTableAssociation(`${name}${suffix}`, { routeTableId, subnetId: subnet.id }, { parent });
    }
    return [availabilityZone, subnet.id] as const;
  });
  return Object.fromEntries(subnets);
}

/**
 * What the add-on vpc-cni is told, so that pods get addresses of these subnets. They keep the security groups of their node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html
 */
export function podSubnetConfiguration(region: string, ids: PodSubnetIds) {
  return {
    env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true", ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone" },
    eniConfig: {
      create: true,
      region,
      subnets: Object.fromEntries(Object.entries(ids).map(([zone, id]) => [zone, { id }])),
    },
  };
}
