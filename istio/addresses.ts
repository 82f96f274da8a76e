import { BlockList, isIP } from "node:net";

export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** An address, or a range of them such as `10.0.0.0/8`, as Istio reads it: it need not start where its prefix says. */
export function isIpAddressOrRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  if (bits === undefined) return isIpAddress(address);
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && !address.includes("%") && /^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= longest;
}

/** What networks use inside, and what stands for one machine or its link. */
const INSIDE: readonly (readonly [address: string, bits: number, family: "ipv4" | "ipv6"])[] = [
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
];

/** Bits of the narrowest of these networks; a wider range may hold one of them. */
const NARROWEST = 16;

const inside = new BlockList();
for (const [address, bits, family] of INSIDE) inside.addSubnet(address, bits, family);

/** Whether an address, or all of a range, is of the internet rather than of a network inside. */
export function isOfInternet(text: string): boolean {
  if (!isIpAddressOrRange(text)) return false;
  const [address = "", bits] = text.split("/");
  if (bits !== undefined && Number(bits) < NARROWEST) return false;
  return !inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
