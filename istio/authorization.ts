// What AuthorizationPolicies decide about a request, as Istio's proxies do.
import type { AuthorizationPolicySpec } from "./generated/specs.ts";
import { isAuthority } from "./headers.ts";

/** A request, as the proxy of its server sees it. */
export interface Call {
  /** Who sends it, such as `cluster.local/ns/shop/sa/cart`; undefined without mutual TLS. */
  readonly principal?: string | undefined;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly host: string;
  /** Of the pod. */
  readonly port: number;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Those of its token, with `iss` and `sub`; undefined without one. */
  readonly claims?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

type Spec = Pick<AuthorizationPolicySpec, "action" | "rules">;
type Rule = NonNullable<Spec["rules"]>[number];
type Source = NonNullable<NonNullable<Rule["from"]>[number]["source"]>;
type Operation = NonNullable<NonNullable<Rule["to"]>[number]["operation"]>;
type Condition = NonNullable<Rule["when"]>[number];

/** Undefined where it depends on what is not known here: an address, or the word of a provider. */
export type Decision = "allowed" | "refused" | undefined;

/**
 * What the policies of a workload decide: first what somebody else decides, then what is refused, then what is allowed. Where
 * nothing is allowed by name, everything is.
 *
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export function decide(policies: readonly Spec[], call: Call): Decision {
  const of = (action: string) => policies.filter((policy) => (policy.action ?? "ALLOW") === action);
  const answer = (all: readonly Spec[]) => any(all.flatMap(({ rules = [] }) => rules.map((rule) => fits(rule, call))));
  const [denied, custom, allows] = [answer(of("DENY")), answer(of("CUSTOM")), of("ALLOW")];
  if (denied === true) return "refused";
  const allowed = allows.length === 0 || answer(allows);
  if (allowed === false) return "refused";
  return denied === false && custom === false && allowed === true ? "allowed" : undefined;
}

/** Whether something holds; undefined where that is not known. */
type Known = boolean | undefined;

const any = (all: readonly Known[]): Known => (all.includes(true) ? true : all.includes(undefined) ? undefined : false);
const every = (all: readonly Known[]): Known =>
  all.includes(false) ? false : all.includes(undefined) ? undefined : true;

function fits({ from, to, when = [] }: Rule, call: Call): Known {
  return every([
    from === undefined || any(from.map(({ source = {} }) => fitsSource(source, call))),
    to === undefined || any(to.map(({ operation = {} }) => fitsOperation(operation, call))),
    ...when.map((condition) => fitsCondition(condition, call)),
  ]);
}

function fitsSource(source: Source, { principal, claims }: Call): Known {
  const [, namespace, account] = /^[^/]+\/ns\/([^/]+)\/sa\/(.+)$/.exec(principal ?? "") ?? [];
  const [domain] = principal === undefined ? [] : principal.split("/");
  const accounts = namespace === undefined ? [] : [`${namespace}/${account ?? ""}`];
  const issued = claims && `${String(claims.iss)}/${String(claims.sub)}`;
  const unknown = source.ipBlocks ?? source.notIpBlocks ?? source.remoteIpBlocks ?? source.notRemoteIpBlocks;
  return every([
    lists(source.principals, source.notPrincipals, principal),
    lists(source.namespaces, source.notNamespaces, namespace),
    lists(source.trustDomains, source.notTrustDomains, domain),
    lists(source.serviceAccounts, source.notServiceAccounts, ...accounts),
    lists(source.requestPrincipals, source.notRequestPrincipals, issued),
    unknown === undefined ? true : undefined,
  ]);
}

function fitsOperation(operation: Operation, { method, path, host, port }: Call): Known {
  return every([
    lists(operation.methods, operation.notMethods, method),
    lists(operation.paths, operation.notPaths, path, fitsPath),
    lists(operation.hosts, operation.notHosts, host.toLowerCase(), (pattern, text) =>
      fitsText(pattern.toLowerCase(), text),
    ),
    lists(operation.ports, operation.notPorts, String(port)),
  ]);
}

function fitsCondition(
  { key, values, notValues }: Condition,
  { claims, headers = {}, port, host, ...call }: Call,
): Known {
  const [, header] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
  const [, claim] = /^request\.auth\.claims\[([^\]]+)\]$/.exec(key) ?? [];
  if (header !== undefined) {
    return lists(values, notValues, isAuthority(header) ? host : headers[header.toLowerCase()]);
  }
  if (claim !== undefined) {
    const value = claims?.[claim] ?? [];
    const all = typeof value === "string" ? [value] : value;
    const has = (patterns: readonly string[]) =>
      all.some((each) => patterns.some((pattern) => fitsText(pattern, each)));
    return (values === undefined || has(values)) && (notValues === undefined || !has(notValues));
  }
  if (key === "source.principal") return lists(values, notValues, call.principal);
  if (key === "destination.port") return lists(values, notValues, String(port));
  return undefined;
}

/** Whether one of a list fits, and none of the other. What a request does not have fits nothing. */
function lists(
  some: readonly string[] | undefined,
  none: readonly string[] | undefined,
  text?: string,
  fitsOne: (pattern: string, text: string) => boolean = fitsText,
): boolean {
  const has = (patterns: readonly string[]) => text !== undefined && patterns.some((pattern) => fitsOne(pattern, text));
  return (some === undefined || has(some)) && (none === undefined || !has(none));
}

/** The whole text, what begins or what ends so, or anything that is not empty. */
function fitsText(pattern: string, text: string): boolean {
  if (pattern === "*") return text !== "";
  if (pattern.startsWith("*")) return text.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** `{*}` is one part of a path, and `{**}` any number of them. */
function fitsPath(pattern: string, path: string): boolean {
  if (!pattern.includes("{*}") && !pattern.includes("{**}")) return fitsText(pattern, path);
  const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const parts = pattern
    .split(/(\{\*\*\}|\{\*\})/)
    .map((part) => (part === "{**}" ? ".*" : part === "{*}" ? "[^/]+" : literal(part)));
  return new RegExp(`^${parts.join("")}$`).test(path);
}
