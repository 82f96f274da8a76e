import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { isWithin } from "../../../lib/cidr.ts";
import { podRangeOf, podSubnetCidrs, sizeOf } from "./cidrs.ts";

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

/** What the subnets of pods of a cluster may be called, by AWS's letters of zones. */
export const podSubnetNames = (cluster: string): string[] =>
  ["a", "b", "c", "d", "e", "f"].map((zone) => `${cluster}-pods-${zone}`);

/** A subnet of pods that is there. */
export interface PodSubnet {
  readonly cidrBlock: string;
  readonly availableIpAddressCount: number;
}

/** Addresses of each subnet that AWS keeps for itself. */
const KEPT = 5;

/**
 * What is wrong with the range of pods of a cluster that is there, whose nodes use another one. It would be taken away at the end of
 * an update, half an hour into it, when everything else has been changed.
 *
 * @param subnets of pods that the cluster has
 */
export function podCidrProblem(podCidr: string | undefined, subnets: readonly PodSubnet[]): string | undefined {
  const used = subnets
    .filter(({ cidrBlock }) => podCidr === undefined || !isWithin(cidrBlock, [podCidr]))
    .find((subnet) => subnet.availableIpAddressCount < sizeOf(Number(subnet.cidrBlock.split("/")[1])) - KEPT);
  if (used === undefined) return undefined;
  const range = podRangeOf(used.cidrBlock);
  const what = podCidr === undefined ? `is missing: it is ${range}, of which` : `must be ${range}, of which`;
  return `${what} pods have addresses, and AWS takes no range away that nodes have interfaces in; write it, or let the nodes leave it first, as docs/eks.md says`;
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
