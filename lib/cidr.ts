import * as ipaddr from "ipaddr.js";

/** Whether the text is an IPv4 range that starts where its prefix says, as AWS wants it: `10.1.0.0/16`, not `10.1.2.3/16`. */
export function isNetwork(text: string): boolean {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const [, prefix] = ipaddr.IPv4.parseCIDR(text);
  return text === `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${prefix}`;
}

/** Whether the text is an IPv4 range, wherever it starts. */
export function isRange(text: string): boolean {
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
}

/** Whether all addresses of an IPv4 range are in one of the others. */
export function isWithin(range: string, others: readonly string[]): boolean {
  const { first, last } = boundsOf(range);
  return others.map(boundsOf).some((other) => other.first <= first && last <= other.last);
}

/** Whether two IPv4 ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [boundsOf(one), boundsOf(other)];
  return a.first <= b.last && b.first <= a.last;
}

/** How many addresses are in any of these IPv4 ranges, however they overlap. */
export function addressesIn(ranges: readonly string[]): number {
  const sorted = ranges.map(boundsOf).sort((a, b) => a.first - b.first);
  let [count, next] = [0, 0];
  for (const { first, last } of sorted) {
    count += Math.max(0, last + 1 - Math.max(first, next));
    next = Math.max(next, last + 1);
  }
  return count;
}

/** First and last address of an IPv4 range, as numbers. */
export function boundsOf(range: string): { readonly first: number; readonly last: number } {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(range);
  const size = 2 ** (32 - prefix);
  // No bit operations, which would be signed.
  const number = address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

/**
 * The most addresses that ranges which may come in over the internet have in all: a /8, the largest piece that anybody was
 * ever given. Whoever names more names strangers.
 *
 * @see https://www.iana.org/assignments/ipv4-address-space/ipv4-address-space.xhtml
 */
export const MOST_KNOWN_ADDRESSES = 2 ** 24;

/** Whether these IPv4 ranges have more addresses than anybody can have: the whole internet, in however many parts. */
export function areStrangers(ranges: readonly string[]): boolean {
  return addressesIn(ranges) > MOST_KNOWN_ADDRESSES;
}
