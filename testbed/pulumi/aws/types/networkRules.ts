// What EC2 refuses besides wrong references.
import ipaddr from "ipaddr.js";
import type { CheckFailure } from "../../provider/resource.ts";
import type { Fields } from "../../provider/values/value.ts";
import type { Account } from "../account.ts";
import { apiError } from "../errors.ts";
import { idsAt, problem } from "./type.ts";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";

export const EGRESS_ONLY_GATEWAY = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";

export const VPC_RANGE = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

export const refused = (action: string, code: string, message: string): Error => apiError(VPC, action, code, message);

export function sizeProblems(property: string, cidr: unknown): CheckFailure[] {
  if (typeof cidr !== "string") return [];
  const bits = Number(cidr.split("/")[1]);
  if (bits >= 16 && bits <= 28) return [];
  return [
    problem(property, `expected "cidr_block" to contain a network Value with between 16 and 28 significant bits`),
  ];
}

/** What the provider says of the addresses of a subnet. */
export function ipv6Problems({ ipv6CidrBlock, assignIpv6AddressOnCreation }: Fields): CheckFailure[] {
  if (assignIpv6AddressOnCreation === true && !ipv6CidrBlock) {
    return [
      problem("assignIpv6AddressOnCreation", "all of `assign_ipv6_address_on_creation,ipv6_cidr_block` are needed"),
    ];
  }
  if (!ipv6CidrBlock || (ipv6CidrBlock as string).endsWith("/64")) return [];
  return [problem("ipv6CidrBlock", `invalid value for ipv6_cidr_block (${ipv6CidrBlock}): prefix length must be 64`)];
}

/** The gateway that lets nobody in knows IPv6 alone. */
export function mustBeOfIpv6({ egressOnlyGatewayId, destinationIpv6CidrBlock }: Fields): void {
  if (!egressOnlyGatewayId || destinationIpv6CidrBlock) return;
  const message = "An egress-only internet gateway takes routes of IPv6 alone.";
  throw refused("CreateRoute", "InvalidParameterCombination", message);
}

/** AWS gives a VPC its range, and each subnet has a /64 of it for itself. */
function mustHaveOwnIpv6({ vpcId, ipv6CidrBlock }: Fields, account: Account): void {
  if (!ipv6CidrBlock) return;
  const range = ipv6CidrBlock as string;
  const whole = account.find(VPC, vpcId)?.properties.ipv6CidrBlock as string | undefined;
  if (!whole || !isInside(range, whole)) {
    throw refused("CreateSubnet", "InvalidSubnet.Range", `The IPv6 CIDR '${range}' is invalid.`);
  }
  const isTaken = account
    .all()
    .some(
      ({ type, properties }) =>
        type === SUBNET &&
        properties.vpcId === vpcId &&
        properties.ipv6CidrBlock &&
        isInside(range, properties.ipv6CidrBlock),
    );
  if (!isTaken) return;
  throw refused("CreateSubnet", "InvalidSubnet.Conflict", `The IPv6 CIDR '${range}' conflicts with another subnet`);
}

export function mustFitIntoVpc({ vpcId, cidrBlock, ipv6CidrBlock }: Fields, account: Account): void {
  mustHaveOwnIpv6({ vpcId, ipv6CidrBlock }, account);
  const ranges = rangesOf(vpcId, account);
  if (!cidrBlock || ranges.length === 0) return;
  const [address, bits] = ipaddr.parseCIDR(cidrBlock as string);
  if (!ranges.some((range) => isInside(cidrBlock as string, range))) {
    throw refused("CreateSubnet", "InvalidSubnet.Range", `The CIDR '${cidrBlock}' is invalid.`);
  }
  for (const { type, properties } of account.all()) {
    if (type !== SUBNET || properties.vpcId !== vpcId) continue;
    const [other, otherBits] = ipaddr.parseCIDR(properties.cidrBlock as string);
    if (address.match(other, Math.min(bits, otherBits))) {
      throw refused("CreateSubnet", "InvalidSubnet.Conflict", `The CIDR '${cidrBlock}' conflicts with another subnet`);
    }
  }
}

/** All ranges of a VPC: the one that it was made with comes first. */
function rangesOf(vpcId: string, account: Account): string[] {
  const first = account.find(VPC, vpcId)?.properties.cidrBlock;
  const added = account.all().filter(({ type, properties }) => type === VPC_RANGE && properties.vpcId === vpcId);
  return [first, ...added.map(({ properties }) => properties.cidrBlock)].filter((range) => typeof range === "string");
}

function isInside(range: string, other: string): boolean {
  const [address, bits] = ipaddr.parseCIDR(range);
  const [base, size] = ipaddr.parseCIDR(other);
  return bits >= size && address.match(base, size);
}

/** Private ranges, of which AWS adds none to a VPC of another. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions */
export function mustFitBesideVpc({ vpcId, cidrBlock }: Fields, account: Account): void {
  const ranges = rangesOf(vpcId, account);
  const [first] = ranges;
  if (!cidrBlock || first === undefined) return;
  const range = cidrBlock as string;
  const refuse = (why: string) => refused("AssociateVpcCidrBlock", "InvalidVpc.Range", `The CIDR '${range}' ${why}.`);
  if (ranges.some((one) => isInside(range, one) || isInside(one, range))) throw refuse("overlaps one of the VPC");
  const kind = PRIVATE.find((one) => isInside(range, one));
  if (kind !== undefined && !isInside(first, kind)) throw refuse("is restricted");
  if (isInside(range, "10.0.0.0/16") && isInside(first, "10.0.0.0/15")) throw refuse("is restricted");
  if (isInside(range, "172.31.0.0/16") || isInside(range, "198.19.0.0/16")) throw refuse("is restricted");
}

export function mustHaveNoSubnet({ vpcId, cidrBlock }: Fields, account: Account): void {
  const isUsed = account
    .all()
    .some(
      ({ type, properties }) =>
        type === SUBNET && properties.vpcId === vpcId && isInside(properties.cidrBlock as string, cidrBlock as string),
    );
  if (!isUsed) return;
  const message = `The vpc ${vpcId} currently has a subnet within CIDR block ${cidrBlock}`;
  throw refused("DisassociateVpcCidrBlock", "InvalidCidrBlock.InUse", message);
}

const vpcOfSubnet = (account: Account, subnetId: string): string | undefined =>
  account.find(SUBNET, subnetId)?.properties.vpcId;

export function mustHaveInternetGateway({ subnetId, connectivityType = "public" }: Fields, account: Account): void {
  const vpcId = vpcOfSubnet(account, subnetId);
  const isAttached = account
    .all()
    .some(({ type, properties }) => type === INTERNET_GATEWAY && properties.vpcId === vpcId);
  if (isAttached || connectivityType !== "public") return;
  throw refused("CreateNatGateway", "Gateway.NotAttached", `Network ${vpcId} has no Internet gateway attached`);
}

export function mustServeNoAddress({ vpcId }: Fields, account: Account): void {
  const isUsed = account
    .all()
    .some(({ type, properties }) => type === NAT_GATEWAY && vpcOfSubnet(account, properties.subnetId) === vpcId);
  if (!isUsed) return;
  const message = `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`;
  throw refused("DetachInternetGateway", "DependencyViolation", message);
}

/** The services that have endpoints of the type Gateway. */
const IN_ROUTES = /\.(s3|dynamodb)$/;

export function mustFitEndpointType(inputs: Fields, account: Account): void {
  const { vpcEndpointType = "Gateway", privateDnsEnabled, vpcId, serviceName } = inputs;
  if (vpcEndpointType === "Gateway" && !IN_ROUTES.test(serviceName as string)) {
    const message = `Endpoint type (Gateway) does not match available service types ([Interface]) of ${serviceName}.`;
    throw refused("CreateVpcEndpoint", "InvalidParameter", message);
  }
  const wrong = vpcEndpointType === "Gateway" ? ["subnetIds", "securityGroupIds"] : ["routeTableIds"];
  const found = wrong.find((property) => idsAt(inputs, property).length > 0);
  if (found) throw refused("CreateVpcEndpoint", "InvalidParameter", `${found} does not go with ${vpcEndpointType}.`);
  if (!privateDnsEnabled) return;
  const twin = account
    .all()
    .some(
      ({ type, properties }) =>
        type === VPC_ENDPOINT &&
        properties.vpcId === vpcId &&
        properties.serviceName === serviceName &&
        properties.privateDnsEnabled === true,
    );
  if (twin) {
    const message = `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${serviceName} in the VPC ${vpcId}`;
    throw refused("CreateVpcEndpoint", "InvalidParameter", message);
  }
  const vpc = account.find(VPC, vpcId)?.properties;
  if (vpc?.enableDnsSupport && vpc.enableDnsHostnames) return;
  const message =
    "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true";
  throw refused("CreateVpcEndpoint", "InvalidParameter", message);
}
