import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import ipaddr from "ipaddr.js";
import type { IpFamily } from "../../ipFamily.ts";
import type { Statement } from "./loadBalancerPolicy.ts";
import { partitionOf } from "./region.ts";

/** Numbers of the /64s in a VPC's /56: a zone's ranges depend on its place alone, and there is room between the kinds. */
const FIRST = { private: 0x00, public: 0x80 } as const;

/**
 * The IPv6 range of a subnet: a /64, which is the only size that AWS has.
 *
 * @param vpc the /56 of the VPC, as AWS gives it
 * @param place of the zone in the list, from 0 on
 */
export function ipv6SubnetCidr(vpc: string, kind: keyof typeof FIRST, place: number): string {
  const [address] = ipaddr.IPv6.parseCIDR(vpc);
  const parts = address.parts.map((part, index) => (index === 3 ? part + FIRST[kind] + place : part));
  return `${new ipaddr.IPv6(parts).toString()}/64`;
}

/**
 * What a subnet is like where pods have IPv6 addresses. Machines in private subnets get one by themselves, without which no node
 * joins; in public ones are load balancers and NAT gateways alone, which ask for what they need.
 */
export function ipv6OfSubnet(vpc: aws.ec2.Vpc, kind: keyof typeof FIRST, place: number) {
  return {
    ipv6CidrBlock: vpc.ipv6CidrBlock.apply((range) => ipv6SubnetCidr(range, kind, place)),
    assignIpv6AddressOnCreation: kind === "private",
  };
}

interface EgressOnlyGatewayArgs {
  readonly vpc: aws.ec2.Vpc;
  readonly tags: Record<string, string>;
  readonly parent: pulumi.Resource;
}

/** IPv6 knows no NAT: every address is one of the internet's. This lets connections out, and none in; it is free of charge. */
export function addEgressOnlyGateway(name: string, { vpc, tags, parent }: EgressOnlyGatewayArgs) {
  return new aws.ec2.EgressOnlyInternetGateway(name, { vpcId: vpc.id, tags }, { parent });
}

/** What the add-on vpc-cni is told: in IPv6 it knows nothing but prefixes, of which a node has one for all its pods. */
export const ipv6Configuration = { env: { ENABLE_PREFIX_DELEGATION: "true" } };

/**
 * What the network plugin may do: give a node its prefix.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy
 */
export function ipv6Policy(region: string) {
  const described = ["Instances", "InstanceTypes", "NetworkInterfaces", "SecurityGroups", "Subnets", "Tags"];
  const Statement: readonly Statement[] = [
    {
      Effect: "Allow",
      Action: [
        "ec2:AssignIpv6Addresses",
        ...described.map((what) => `ec2:Describe${what}`),
        "ec2:ModifyNetworkInterfaceAttribute",
      ],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: `arn:${partitionOf(region)}:ec2:*:*:network-interface/*`,
    },
  ];
  return { Version: "2012-10-17", Statement };
}

/**
 * What is wrong with the family for a cluster that is there.
 *
 * @param own family of the cluster; nothing where it is yet to be made
 */
export function ipFamilyProblem(cluster: string, family: IpFamily, own: string | undefined): string | undefined {
  if (own === undefined || own === family) return undefined;
  const why = `${cluster} is there with addresses of that family, and EKS never takes the other one`;
  return `must be ${own}: ${why}; write it, or make a cluster of another name`;
}

/** A subnet of a network that is there, as far as IPv6 goes. */
export interface SubnetAddresses {
  readonly id: string;
  /** Empty where it has none. */
  readonly ipv6CidrBlock: string;
  readonly assignIpv6AddressOnCreation: boolean;
}

/** Why nodes of a cluster with IPv6 cannot be in this subnet. */
export function subnetProblem({ id, ipv6CidrBlock, assignIpv6AddressOnCreation }: SubnetAddresses): string | undefined {
  if (ipv6CidrBlock === "") {
    return `has no IPv6 range, which ipFamily: ipv6 needs: give one to the VPC, a /64 of it to ${id} (\`aws ec2 associate-subnet-cidr-block\`), and a route for ::/0; or let ipFamily be ipv4`;
  }
  if (assignIpv6AddressOnCreation) return undefined;
  return `gives no IPv6 addresses to machines, without which no node joins: \`aws ec2 modify-subnet-attribute --subnet-id ${id} --assign-ipv6-address-on-creation\``;
}
