import { boundsOf, isIpv6Range, isNetwork, isReservedIpv6, isWithin, overlap } from "../../../lib/cidr.ts";

/** Ranges of addresses of one zone. */
export interface ZoneCidrs {
  /** Letter of the zone. */
  readonly zone: string;
  /** Place of the zone in the list, from 0 on. */
  readonly place: number;
  /** For nodes and pods: the VPC CNI gives each pod an address of its subnet, so this is the big one. */
  readonly private: string;
  /** For NAT gateways and for load balancers that face the internet. */
  readonly public: string;
}

/** Prefix lengths of a VPC that leave every private subnet about 1000 addresses or more. */
export const vpcPrefix = { min: 16, max: 20 } as const;

/** Range of a VPC whose settings name none. */
export const defaultCidr = "10.0.0.0/16";

/** Letters of the zones of a network that names none. */
export const defaultZones: readonly string[] = ["a", "b", "c"];

/** Most zones that `subnetCidrs` has room for. */
export const maxZones = 3;

/**
 * The subnets of a VPC, by zone. The first three quarters of the VPC are the private subnets of up to three zones; the
 * last quarter holds the public subnets, each a sixteenth of the VPC, and a sixteenth that stays free.
 *
 * A zone's ranges depend on its place alone: a zone that is added later moves none of the others.
 *
 * @param vpc range of the VPC, e.g. `10.0.0.0/16`
 * @param zones letters of the zones, in an order that stays
 * @throws Error if the VPC is no IPv4 range of a fitting size, or there are too many zones
 */
export function subnetCidrs(vpc: string, zones: readonly string[]): ZoneCidrs[] {
  const { first, prefix } = parsed(vpc);
  if (prefix < vpcPrefix.min || prefix > vpcPrefix.max) {
    throw new Error(`a VPC needs a prefix from /${vpcPrefix.min} to /${vpcPrefix.max}; this one is /${prefix}`);
  }
  if (zones.length > maxZones) throw new Error(`there is room for ${maxZones} zones, not for ${zones.length}`);
  const quarter = sizeOf(prefix + 2);
  const sixteenth = sizeOf(prefix + 4);
  return zones.map((zone, place) => ({
    zone,
    place,
    private: written(first + place * quarter, prefix + 2),
    public: written(first + 3 * quarter + place * sixteenth, prefix + 4),
  }));
}

/**
 * The subnets of pods in a range of their own: a quarter of it in each zone, by its place, as in `subnetCidrs`.
 *
 * @param range e.g. `100.64.0.0/16`
 * @returns ranges by letter of the zone
 */
export function podSubnetCidrs(range: string, zones: readonly string[]): Readonly<Record<string, string>> {
  const { first, prefix } = parsed(range);
  const quarter = sizeOf(prefix + 2);
  return Object.fromEntries(zones.map((zone, place) => [zone, written(first + place * quarter, prefix + 2)]));
}

/** The range of which a subnet of pods is a quarter. */
export function podRangeOf(subnet: string): string {
  const { first, prefix } = parsed(subnet);
  const size = sizeOf(prefix - 2);
  return written(Math.floor(first / size) * size, prefix - 2);
}

/** The ranges of which AWS lets a VPC have more than one, each only beside its own kind. */
const KINDS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Goes with a VPC of any range, and is the usual one: nobody else's network in a company has it. */
const SHARED = "100.64.0.0/10";

/** Of these EKS takes one for the addresses of Services. */
const SERVICE_RANGES = ["10.100.0.0/16", "172.20.0.0/16"];

/**
 * Why pods cannot have this range in a VPC of another.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
export function podRangeProblem(range: string, vpc: string): string | undefined {
  if (overlap(range, vpc)) return `must not overlap ${vpc}, which is the range of the VPC`;
  const services = SERVICE_RANGES.find((one) => overlap(range, one));
  if (services !== undefined) return `must not overlap ${services}, of which EKS may take the addresses of Services`;
  if (isWithin(range, [SHARED])) return undefined;
  const isBeside = KINDS.some((kind) => isWithin(range, [kind]) && isWithin(vpc, [kind]));
  // Others have these: default VPCs, Docker, and services of AWS.
  const isKept =
    ["172.31.0.0/16", DOCKER_RANGE].some((one) => overlap(range, one)) ||
    (isWithin(vpc, ["10.0.0.0/15"]) && isWithin(range, ["10.0.0.0/16"]));
  if (isBeside && !isKept) return undefined;
  return `is none that AWS adds to a VPC of the range ${vpc}: take one of ${SHARED}, such as 100.64.0.0/16`;
}

/** Ranges that a VPC here may lie in: none of them is anybody's on the internet, which nodes and pods could not reach then. */
const VPC_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15"];

/**
 * The range that services of AWS, and Docker on any machine, take for themselves.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export const DOCKER_RANGE = "172.17.0.0/16";

/** Whether a VPC may have this range. */
export function isForVpc(range: string): boolean {
  return isWithin(range, VPC_RANGES) && !isWithin(range, [DOCKER_RANGE]);
}

/** What AWS calls reserved of IPv4: addresses that are nobody's on the internet. Those of examples are not among them. */
const RESERVED = [
  ...VPC_RANGES,
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.88.99.0/24",
  "224.0.0.0/3",
];

/** Whether nobody comes from this range over the internet. */
export function isReserved(range: string): boolean {
  return isIpv6Range(range) ? isReservedIpv6(range) : isWithin(range, RESERVED);
}

/** Most ranges that EKS takes for its public endpoint. */
export const mostPublicRanges = 40;

/** Number of addresses. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

function parsed(cidr: string): { readonly first: number; readonly prefix: number } {
  if (!isNetwork(cidr)) throw new Error("a VPC needs an IPv4 range such as 10.0.0.0/16");
  return { first: boundsOf(cidr).first, prefix: Number(cidr.split("/")[1]) };
}

function written(first: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefix}`;
}
