import * as ipaddr from "ipaddr.js";

/** Whether the text is an IPv4 range that starts where its prefix says, as AWS wants it: `10.1.0.0/16`, not `10.1.2.3/16`. */
export function isNetwork(text: string): boolean {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const [, prefix] = ipaddr.IPv4.parseCIDR(text);
  return text === `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${prefix}`;
}
