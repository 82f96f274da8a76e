import { isIP } from "node:net";

/** Whether a text is one of Go's ways to write a boolean. */
export function isBoolean(text: string): boolean {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);
}

/** Whether a text is a whole number without a sign in so many bits. */
export function isUnsigned(text: string, bits: 16 | 32): boolean {
  return /^\d+$/.test(text) && Number(text) < 2 ** bits;
}

/** Whether a text is a list of ports; an empty one is. */
export function arePorts(text: string): boolean {
  return text.trim() === "" || text.split(",").every((port) => isUnsigned(port.trim(), 16));
}

/** Whether a text is a list of address ranges such as `10.0.0.0/8`; an empty one is. */
export function areRanges(text: string): boolean {
  return text === "" || text.split(",").every(isRange);
}

function isRange(text: string): boolean {
  const [address = "", length, ...more] = text.split("/");
  if (length === undefined || more.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return false;
  const version = isIP(address);
  return version !== 0 && !address.includes("%") && Number(length) <= (version === 4 ? 32 : 128);
}

/** Whether a text is a list of names of network interfaces, as Linux allows them; an empty one is. */
export function areInterfaces(text: string): boolean {
  return text === "" || text.split(",").every((name) => /^[a-z][\w.-]{0,14}$/i.test(name.trim()));
}

/** Whether a text is a Kubernetes quantity, e.g. `100m` or `1.5Gi`. */
export function isQuantity(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(text);
}
