// What EC2 refuses besides wrong references.
import { parseCIDR } from "ipaddr.js";
import type { CheckFailure } from "../../provider/resource";
import type { Fields } from "../../provider/values/value";
import type { Account } from "../account";
import { apiError } from "../errors";
import { idsAt, problem } from "./type";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";

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

export function mustFitIntoVpc({ vpcId, cidrBlock }: Fields, account: Account): void {
  const network: string = account.find(VPC, vpcId)?.properties.cidrBlock;
  if (!cidrBlock || !network) return;
  const [address, bits] = parseCIDR(cidrBlock as string);
  const [base, size] = parseCIDR(network);
  if (bits < size || !address.match(base, size)) {
    throw refused("CreateSubnet", "InvalidSubnet.Range", `The CIDR '${cidrBlock}' is invalid.`);
  }
  for (const { type, properties } of account.all()) {
    if (type !== SUBNET || properties.vpcId !== vpcId) continue;
    const [other, otherBits] = parseCIDR(properties.cidrBlock as string);
    if (address.match(other, Math.min(bits, otherBits))) {
      throw refused("CreateSubnet", "InvalidSubnet.Conflict", `The CIDR '${cidrBlock}' conflicts with another subnet`);
    }
  }
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
