import * as ipaddr from "ipaddr.js";
import { isNetwork } from "../../../lib/cidr";

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

/** Whether a range is all of the internet, or half of it, which two entries make whole. */
export function isEverywhere(text: string): boolean {
  return Number(text.split("/")[1]) <= 1;
}

/** Whether a range is of addresses that are not routed on the internet. */
export function isPrivate(text: string): boolean {
  return ipaddr.IPv4.parseCIDR(text)[0].range() === "private";
}

/** Number of addresses. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

function parsed(cidr: string): { readonly first: number; readonly prefix: number } {
  if (!isNetwork(cidr)) throw new Error("a VPC needs an IPv4 range such as 10.0.0.0/16");
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  // No bit operations, which would be signed.
  return { first: address.octets.reduce((number, octet) => number * 256 + octet, 0), prefix };
}

function written(first: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefix}`;
}
