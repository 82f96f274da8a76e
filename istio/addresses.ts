import { isIP } from "node:net";

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
