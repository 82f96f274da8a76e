// What was counted, as calls of the stack's services.
import {
  gatewayPods,
  gateways,
  identityOf,
  isGateway,
  type Members,
  type Member,
} from "../../components/security/members.ts";
import type { Ways } from "../../components/security/securityPlan.ts";
import type { AuthorizationSection, Caller } from "../../components/security/securitySection.ts";
import { listOf, mapOf, textOf, type Untrusted } from "../../lib/untrusted.ts";
import { Draft } from "../../settings/draft.ts";
import { securityMembers, waysOf, withPreset } from "../../settings/security.ts";
import { hasSidecar } from "../../settings/securityNames.ts";
import type { Counted, Unit } from "./traffic.ts";

/** What the stack file says of its services, as far as it concerns who may call them. */
export interface Declared {
  readonly draft: Draft;
  readonly members: Members;
  readonly authorization: AuthorizationSection;
  readonly ways: Ways;
  /** By which names the mesh knows its own identities. */
  readonly trustDomains: readonly string[];
}

/** @param settings the sections of a stack file that is right, those of the files for hosts among them */
export function declaredIn(settings: Untrusted): Declared {
  const draft = new Draft(settings);
  const { authorization = {} } = withPreset(draft.section("security"));
  const { meshConfig } = mapOf(mapOf(draft.section("istio").values).istiod);
  const { trustDomain, trustDomainAliases } = mapOf(meshConfig);
  const members = securityMembers(draft);
  return {
    draft,
    members,
    authorization,
    ways: waysOf(draft, members),
    trustDomains: [
      textOf(trustDomain) ?? "cluster.local",
      ...listOf(trustDomainAliases).flatMap((each) => textOf(each) ?? []),
    ],
  };
}

/** How often somebody called a service. */
export type Counts = Readonly<Partial<Record<Unit, number>>>;

/** Calls of a service by one who can be allowed. */
export interface Call {
  readonly caller: Caller;
  /** By which policies know the caller. */
  readonly identity: string;
  readonly member: Member;
  readonly counts: Counts;
}

/** Calls of a service by one whom no policy of the stack can name. */
export interface NamelessCall {
  readonly who: string;
  readonly member: Member;
  readonly counts: Counts;
  readonly why: "plain text" | "no identity" | "no sidecar" | "other trust domain" | "no service account";
}

export interface Calls {
  readonly known: readonly Call[];
  readonly nameless: readonly NamelessCall[];
  /** Called services for which the stack can have no policy, as `<name>.<namespace>`. */
  readonly elsewhere: readonly string[];
}

/** A name by which the stack file can mean no other service. */
export function nameOf(member: Member, members: Members): string {
  const isPlain = !isGateway(member.name) && members.named(member.name).length === 1;
  return isPlain ? member.name : `${member.name}.${member.namespace}`;
}

/** Puts counts together to calls. */
export function callsIn(counted: readonly Counted[], declared: Declared): Calls {
  const known = new Map<string, Call>();
  const nameless = new Map<string, NamelessCall>();
  const elsewhere = new Set<string>();
  for (const { unit, labels, count } of counted) {
    const member = calledMember(labels, declared.members);
    if (!member || !hasSidecar(member) || member.args.port === undefined) {
      const { destination_service_name: name = "unknown", destination_service_namespace: place = "unknown" } = labels;
      elsewhere.add(`${name}.${place}`);
      continue;
    }
    const caller = callerOf(labels, declared);
    const key = JSON.stringify([caller, member.name, member.namespace]);
    if ("why" in caller) nameless.set(key, { ...caller, member, counts: added(nameless.get(key), unit, count) });
    else known.set(key, { ...caller, member, counts: added(known.get(key), unit, count) });
  }
  return { known: [...known.values()], nameless: [...nameless.values()], elsewhere: [...elsewhere].sort() };
}

const added = (before: { readonly counts: Counts } | undefined, unit: Unit, count: number): Counts => ({
  ...before?.counts,
  [unit]: (before?.counts[unit] ?? 0) + count,
});

/**
 * The service whose pods took it. Policies select pods by their label `app`, which is the canonical service of those that
 * have no other; a Service of another name may lead to them as well.
 */
function calledMember(labels: Counted["labels"], members: Members): Member | undefined {
  const find = (name?: string, namespace?: string) =>
    members.all.find((each) => each.name === name && each.namespace === namespace);
  return (
    find(labels.destination_canonical_service, labels.destination_workload_namespace) ??
    find(labels.destination_service_name, labels.destination_service_namespace)
  );
}

const PRINCIPAL = /^(?:spiffe:\/\/)?([^/]+)\/(.*)$/;
const SERVICE_ACCOUNT = /^ns\/([^/]+)\/sa\/([^/]+)$/;

function callerOf(
  labels: Counted["labels"],
  { members, trustDomains }: Declared,
): Pick<Call, "caller" | "identity"> | Pick<NamelessCall, "who" | "why"> {
  const { source_principal: principal = "" } = labels;
  const [, domain, rest = ""] = PRINCIPAL.exec(principal) ?? [];
  if (domain === undefined) {
    const { source_workload: workload = "unknown", source_workload_namespace: place = "unknown" } = labels;
    const why = labels.connection_security_policy === "none" ? "plain text" : "no identity";
    return { who: workload === "unknown" ? workload : `${workload}.${place}`, why };
  }
  if (!trustDomains.some((each) => isDomain(domain, each))) return { who: principal, why: "other trust domain" };
  const [, namespace, account] = SERVICE_ACCOUNT.exec(rest) ?? [];
  if (namespace === undefined || account === undefined) return { who: principal, why: "no service account" };
  const identity = identityOf({ namespace, account });
  const gateway = gateways.find((each) => identityOf(gatewayPods(each)) === identity);
  if (gateway) return { caller: gateway, identity };
  const member = members.all.find((each) => identityOf(each) === identity);
  if (!member) return { caller: { serviceAccount: `${namespace}/${account}` }, identity };
  const name = nameOf(member, members);
  return hasSidecar(member) ? { caller: name, identity } : { who: name, why: "no sidecar" };
}

/** Aliases may stand for all that end alike. */
const isDomain = (domain: string, known: string) =>
  known.startsWith("*") ? domain.endsWith(known.slice(1)) : domain === known;
