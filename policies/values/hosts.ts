import { isIpAddress } from "../../istio/addresses.ts";
import { isDnsLabel, isWildcardLabel } from "./names.ts";

/*
 * Hosts as Istio's own validation reads them. A problem is what to say after the path: what the host has to be.
 *
 * @see https://github.com/istio/istio/blob/master/pkg/config/validation/agent/validation.go
 */

const WILDCARD_HOST =
  "use a host name such as shop.example.com; an asterisk may only be its first label or the start of it, as in *.example.com";
const HOST_NAME = "use a full host name such as shop.example.com, without an asterisk";

/** What keeps the text from being a host name without wildcards, or nothing. */
export function fqdnProblem(host: string): string | undefined {
  return host !== "" && host.length <= 255 && areDnsLabels(host) ? undefined : HOST_NAME;
}

/** What keeps the text from being a host name that may begin with a wildcard, or nothing. */
export function wildcardHostProblem(host: string): string | undefined {
  const [first = "", ...rest] = host.split(".");
  const fits =
    host !== "" && host.length <= 255 && isWildcardLabel(first) && (rest.length === 0 || areDnsLabels(rest.join(".")));
  return fits ? undefined : WILDCARD_HOST;
}

/** A host such as `foo*.example.com` or `*-foo.example.com`: Istio takes a wildcard for a whole label only. */
export function isPartialWildcard(host: string): boolean {
  return host.includes("*") && host.length !== 1 && !host.startsWith("*.");
}

/** What keeps the text from being a host of a gateway's server or of a Sidecar's listener, without its namespace. */
export function listenerHostProblem(host: string, isGateway: boolean): string | undefined {
  if (host !== "*" && !host.includes(".")) return "use the full host name, with its domain";
  if (isPartialWildcard(host)) return "use the asterisk for a whole label only, as in *.example.com";
  const problem = wildcardHostProblem(host);
  return problem !== undefined && isGateway && isIpAddress(host) ? undefined : problem;
}

/**
 * The name that Istio makes up for a service behind a gateway of another network, e.g. `outbound_.80_._.reviews.prod.svc`.
 */
export function isOutboundSni(host: string): boolean {
  const [direction, port = "", , name = ""] = host.split("_");
  return direction === "outbound" && /\d/.test(port) && /[a-zA-Z]/.test(name);
}

/**
 * For each host, which may be a wildcard, whether it has a name in common with one before it. Each is looked up by how it ends: to hold each against each would take
 * minutes for the many hosts of a large gateway.
 */
export function overlapsBefore(hosts: readonly string[]): boolean[] {
  const wildcards = new Set(hosts.filter((host) => host.startsWith("*")).map((host) => host.slice(1)));
  const [names, endsBefore, wildcardsBefore] = [new Set<string>(), new Set<string>(), new Set<string>()];
  return hosts.map((host) => {
    const isWildcard = host.startsWith("*");
    const name = isWildcard ? host.slice(1) : host;
    const ends = endsOf(name).filter((end) => wildcards.has(end));
    const overlaps =
      ends.some((end) => wildcardsBefore.has(end)) || (isWildcard ? endsBefore.has(name) : names.has(name));
    for (const end of ends) endsBefore.add(end);
    (isWildcard ? wildcardsBefore : names).add(name);
    return overlaps;
  });
}

function endsOf(name: string): string[] {
  return Array.from({ length: name.length + 1 }, (_, index) => name.slice(index));
}

const UNIX_SCHEME = "unix://";

/** The path of a Unix domain socket, if that is what the address is. */
export function unixSocketOf(address: string): string | undefined {
  return address.startsWith(UNIX_SCHEME) ? address.slice(UNIX_SCHEME.length) : undefined;
}

/** What keeps the text from being the path of a Unix domain socket, or nothing. */
export function unixSocketProblem(path: string): string | undefined {
  if (path.startsWith("@")) return undefined;
  return path.startsWith("/") && !path.endsWith("/")
    ? undefined
    : "use unix:// and an absolute socket path, or unix://@ and an abstract name";
}

export function isPort(number: number): boolean {
  return number >= 1 && number <= 65535;
}

export const PORT_TEXT = "use a port from 1 to 65535";

function areDnsLabels(domain: string): boolean {
  const labels = domain.split(".");
  const top = labels.at(-1) ?? "";
  if (/^[+-]?\d+$/.test(top)) return false;
  // A dot at the end says that the name is complete.
  return (top === "" ? labels.slice(0, -1) : labels).every(isDnsLabel);
}
