import { boundsOf, isNetwork, isWithin } from "../../../lib/cidr";

/** Ranges of addresses of one zone. */
export interface ZoneCidrs {
  /** Letter of the zone. */
  readonly zone: string;
  /** For nodes and pods: the VPC CNI gives each pod an address of its subnet, so this is the big one. */
  readonly private: string;
  /** For NAT gateways and for load balancers that face the internet. */
  readonly public: string;
}

/** Prefix lengths of a VPC that leave every private subnet about 1000 addresses or more. */
export const vpcPrefix = { min: 16, max: 20 } as const;

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
    private: written(first + place * quarter, prefix + 2),
    public: written(first + 3 * quarter + place * sixteenth, prefix + 4),
  }));
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

/** What AWS calls reserved: addresses that are nobody's on the internet. Those of examples are not among them. */
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
  return isWithin(range, RESERVED);
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
