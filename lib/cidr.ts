import ipaddr from "ipaddr.js";

/** Whether the text is an IPv4 range that starts where its prefix says, as AWS wants it: `10.1.0.0/16`, not `10.1.2.3/16`. */
export function isNetwork(text: string): boolean {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const [, prefix] = ipaddr.IPv4.parseCIDR(text);
  return text === `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${prefix}`;
}

/** Whether the text is an IPv6 range that starts where its prefix says: `2001:db8::/32`, not `2001:db8::1/32`. */
export function isIpv6Network(text: string): boolean {
  if (!isIpv6Range(text)) return false;
  const [address] = ipaddr.IPv6.parseCIDR(text);
  return address.toString() === ipaddr.IPv6.networkAddressFromCIDR(text).toString();
}

/** Whether the text is an IPv4 range, wherever it starts. */
export function isRange(text: string): boolean {
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
}

/** Whether the text is an IPv6 range, wherever it starts. */
export function isIpv6Range(text: string): boolean {
  return ipaddr.IPv6.isValidCIDR(text) && !text.includes("%");
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
  return Number(counted(ranges.map(boundsOf).map(({ first, last }) => ({ first: BigInt(first), last: BigInt(last) }))));
}

/** First and last address of a range, in numbers that are big enough for IPv6. */
interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

function counted(spans: readonly Span[]): bigint {
  let [count, next] = [0n, 0n];
  for (const { first, last } of spans.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const start = first > next ? first : next;
    if (last < start) continue;
    count += last + 1n - start;
    next = last + 1n;
  }
  return count;
}

function ipv6SpanOf(range: string): Span {
  const [address, prefix] = ipaddr.IPv6.parseCIDR(range);
  const size = 2n ** BigInt(128 - prefix);
  const number = address.parts.reduce((sum, part) => sum * 2n ** 16n + BigInt(part), 0n);
  const first = (number / size) * size;
  return { first, last: first + size - 1n };
}

/** Whether all addresses of an IPv6 range are nobody's on the internet: those of others are in 2000::/3. */
export function isReservedIpv6(range: string): boolean {
  const [{ first, last }, others] = [ipv6SpanOf(range), ipv6SpanOf("2000::/3")];
  return last < others.first || first > others.last;
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

/** The same for IPv6: a /13. A whole registry has a /12. */
const MOST_KNOWN_IPV6_ADDRESSES = 2n ** 115n;

/** Whether these ranges have more addresses than anybody can have: the whole internet, in however many parts. */
export function areStrangers(ranges: readonly string[]): boolean {
  const ipv6 = ranges.filter(isIpv6Range);
  const ipv4 = ranges.filter((range) => !isIpv6Range(range));
  return addressesIn(ipv4) > MOST_KNOWN_ADDRESSES || counted(ipv6.map(ipv6SpanOf)) > MOST_KNOWN_IPV6_ADDRESSES;
}
