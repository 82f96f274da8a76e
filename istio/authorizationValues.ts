import { isIpAddressOrRange } from "./addresses.ts";

/*
 * Values of an AuthorizationPolicy. A problem is the way out, for after the path.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */

export type Problem = (value: string) => string | undefined;

export function addressProblem(value: string): string | undefined {
  return isIpAddressOrRange(value) ? undefined : "use an IP address, or a range such as 10.0.0.0/8";
}

export function portProblem(value: string): string | undefined {
  return /^\d+$/.test(value) && Number(value) <= 65535 ? undefined : "use a port number from 0 to 65535";
}

export function serviceAccountProblem(value: string): string | undefined {
  const fits = /^[^/*]+(?:\/[^/*]+)?$/.test(value) && value.length <= 320;
  return fits ? undefined : "use <service account> or <namespace>/<service account>, without an asterisk";
}

export function wildcardProblem(value: string): string | undefined {
  return /^\*?[^*]*$|^[^*]*\*$/.test(value) ? undefined : "use one asterisk, at the beginning or the end";
}

export function trustDomainProblem(value: string): string | undefined {
  return value.includes("/") ? "use the domain alone, without a slash" : wildcardProblem(value);
}

/** What the values of a condition on an attribute have to be, or what is wrong with the attribute. */
export type Attribute = { readonly problemOf: Problem; readonly most?: number } | { readonly problem: string };

const any: Attribute = { problemOf: () => undefined };
const address: Attribute = { problemOf: addressProblem };
const byLabels: Attribute = { problem: "remove this condition, and select the workloads by their labels" };

const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  "connection.sni": any,
  "destination.ip": address,
  "destination.name": byLabels,
  "destination.namespace": { problem: "remove this condition: a policy applies to the workloads in its own namespace" },
  "destination.port": { problemOf: portProblem },
  "destination.user": byLabels,
  "remote.ip": address,
  "request.auth.audiences": any,
  "request.auth.presenter": any,
  "request.auth.principal": any,
  "source.ip": address,
  "source.namespace": any,
  "source.principal": any,
  "source.serviceAccount": { problemOf: serviceAccountProblem, most: 16 },
  "source.trustDomain": { problemOf: wildcardProblem },
};

/** Attributes with a name in brackets, such as `request.headers[x-user]`. */
const WITH_NAME = ["request.headers", "request.auth.claims", "experimental.envoy.filters."];

export function attributeOf(key: string): Attribute {
  if (WITH_NAME.some((prefix) => key.startsWith(prefix))) {
    return /^[^[]+\[.+\]$/s.test(key) ? any : { problem: "add a name in brackets, such as request.headers[x-user]" };
  }
  if (key.startsWith("destination.labels")) return byLabels;
  const unknown = { problem: "use an attribute that Istio knows, such as source.ip or request.headers[x-user]" };
  return Object.hasOwn(ATTRIBUTES, key) ? (ATTRIBUTES[key] ?? unknown) : unknown;
}
