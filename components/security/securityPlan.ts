import type { AuthorizationPolicyOptions } from "./authorizationPolicyOptions.ts";
import { accessRules, customRules, denialRules } from "./accessRules.ts";
import { callsOf, gatewayPods, isGateway, type Member, type Members } from "./members.ts";
import type { PeerAuthenticationOptions } from "./peerAuthenticationOptions.ts";
import type { RequestAuthenticationOptions } from "./requestAuthenticationOptions.ts";
import type { AccessSection, AuthorizationSection, Caller, SecuritySection } from "./securitySection.ts";

/** An object that is to be: its name, its namespace, and what it says. */
export interface Planned<Options> {
  readonly name: string;
  /** None is the namespace of the control plane: there it holds for the pods wherever they are. */
  readonly namespace?: string;
  readonly options: Options;
}

/** By which ways requests come to services that nobody calls by their names. */
export interface Ways {
  /** Whether the ingress gateway leads to a service. */
  isExposed(member: Member): boolean;
  /** Services whose routes lead requests on to it, or copies of them: its callers are theirs. */
  leadingTo(member: Member): readonly Member[];
}

/** Pods that a policy is for. */
interface Target {
  /** For the names of objects. */
  readonly label: string;
  readonly namespace?: string;
  /** Of the pods of a service: what refuses requests of HTTP there shall not refuse connections to other ports. */
  readonly ports?: readonly number[];
  readonly workload: Readonly<Record<string, string>>;
}

/** What a section that may be one thing or a list of them stands for. */
export const listed = <Item>(value: Item | readonly Item[]): readonly Item[] =>
  Array.isArray(value) ? (value as readonly Item[]) : [value as Item];

/** Pods of services and gateways. */
function targetsOf(names: string | readonly string[], members: Members): Target[] {
  return listed(names).flatMap((name): Target[] =>
    isGateway(name)
      ? [{ label: name, workload: gatewayPods(name).labels }]
      : members.named(name).map((member) => ({
          label: member.name,
          namespace: member.namespace,
          workload: { app: member.name },
          ...(typeof member.args.port === "number" && { ports: [member.args.port] }),
        })),
  );
}

const at = <Options>(name: string, { label, namespace }: Target, options: Options): Planned<Options> => ({
  name: name.replace("{}", label),
  ...(namespace !== undefined && { namespace }),
  options,
});

/** Who calls a service: those who say so, also by way of routes, and the ingress gateway where the service is exposed. */
export function callersOf(member: Member, members: Members, ways: Ways): readonly Caller[] {
  const called = [member, ...ways.leadingTo(member)];
  const callers = members.all.filter((caller) =>
    callsOf(caller).some((name) => members.named(name, caller.namespace).some((each) => called.includes(each))),
  );
  return [
    ...callers.map(({ name, namespace }) => `${name}.${namespace}`),
    ...(ways.isExposed(member) ? ["ingress-gateway"] : []),
  ];
}

/** What a service takes, if that is limited. */
export function accessOf(
  member: Member,
  { default: rest = "allow", services = {} }: AuthorizationSection,
  members: Members,
  ways: Ways,
): readonly AccessSection[] | undefined {
  const own = Object.entries(services).find(([name]) => members.named(name).includes(member));
  if (own) return listed<AccessSection>(own[1]);
  return rest === "deny" ? [{ from: callersOf(member, members, ways) }] : undefined;
}

/** Policies about who may call whom; those that refuse all else come last. */
export function authorizationPlan(
  section: AuthorizationSection,
  members: Members,
  ways: Ways,
): { readonly policies: Planned<AuthorizationPolicyOptions>[]; readonly last: Planned<AuthorizationPolicyOptions>[] } {
  const tryOut = section.tryOut === true ? { tryOut: true } : {};
  const allowed = members.all.flatMap((member) => {
    const access = accessOf(member, section, members, ways);
    // Where nothing is called there is nothing to allow, and the namespace refuses the rest.
    if (access === undefined || (member.args.port === undefined && section.default === "deny")) return [];
    const { name, namespace } = member;
    const rules = accessRules(access, members, namespace);
    return [{ name: `allow-${name}`, namespace, options: { workload: { app: name }, rules, ...tryOut } }];
  });
  const denied = Object.entries(section.deny ?? {}).flatMap(([name, denial]) =>
    targetsOf(denial.on, members).map((target) =>
      at(`deny-${name}-{}`, target, {
        action: "DENY" as const,
        workload: target.workload,
        rules: denialRules({ ...(target.ports && { ports: target.ports }), ...denial }, members),
        ...tryOut,
      }),
    ),
  );
  const custom = Object.entries(section.custom ?? {}).flatMap(([name, { on, provider, ...requests }]) =>
    targetsOf(on, members).map((target) =>
      at(`custom-${name}-{}`, target, {
        action: "CUSTOM" as const,
        provider,
        workload: target.workload,
        rules: customRules(requests),
      }),
    ),
  );
  const namespaces = [...new Set(members.all.map(({ namespace }) => namespace))];
  const last = section.default === "deny" ? namespaces : [];
  return {
    policies: [...allowed, ...denied, ...custom],
    last: last.map((namespace) => ({ name: "deny-by-default", namespace, options: tryOut })),
  };
}

/** Where rules ask for claims, by the names of services and gateways. */
function claimsAsked({ services = {}, deny = {} }: AuthorizationSection): string[] {
  return [
    ...Object.entries(services).flatMap(([name, access]) =>
      listed<AccessSection>(access).some(({ jwt }) => jwt !== undefined) ? [name] : [],
    ),
    ...Object.values(deny).flatMap(({ on, unless }) => (unless?.jwt === undefined ? [] : listed<string>(on))),
  ];
}

/**
 * Which tokens count where, and who has to bring one. A claim is known only where the token itself is looked at: where rules
 * ask for claims tokens count as well, and those before hand them on.
 */
export function tokensPlan(
  { jwt = {}, authorization = {} }: Pick<SecuritySection, "jwt" | "authorization">,
  members: Members,
): {
  readonly tokens: Planned<RequestAuthenticationOptions>[];
  readonly required: Planned<AuthorizationPolicyOptions>[];
} {
  const asked = targetsOf(claimsAsked(authorization), members);
  const tokens: Planned<RequestAuthenticationOptions>[] = [];
  const required: Planned<AuthorizationPolicyOptions>[] = [];
  for (const [name, { on, required: isRequired = false, ...rule }] of Object.entries(jwt)) {
    const own = targetsOf(on, members);
    const further = asked.filter((target) => !own.some((each) => isSame(each, target)));
    const jwtRules = [{ ...(further.length > 0 && { forwardOriginalToken: true }), ...rule }];
    for (const target of distinct([...own, ...further])) {
      tokens.push(at(`jwt-${name}-{}`, target, { workload: target.workload, jwtRules }));
    }
    for (const target of isRequired ? own : []) {
      const to = target.ports && [{ ports: target.ports.map(String) }];
      const rules = [{ from: [{ notRequestPrincipals: ["*"] }], ...(to && { to }) }];
      required.push(
        at(`jwt-${name}-{}-required`, target, { action: "DENY" as const, workload: target.workload, rules }),
      );
    }
  }
  return { tokens, required };
}

const isSame = (one: Target, other: Target) => one.label === other.label && one.namespace === other.namespace;

const distinct = (targets: readonly Target[]) =>
  targets.filter((target, index) => targets.findIndex((each) => isSame(each, target)) === index);

/** Modes of mutual TLS of single namespaces and services. */
export function peersPlan({ mtls }: SecuritySection, members: Members): Planned<PeerAuthenticationOptions>[] {
  if (typeof mtls !== "object") return [];
  const { namespaces = {}, workloads = {} } = mtls;
  return [
    ...Object.entries(namespaces).map(([namespace, mode]) => ({ name: namespace, namespace, options: { mode } })),
    ...Object.entries(workloads).flatMap(([service, each]) => {
      const { mode, ports }: Exclude<typeof each, string> = typeof each === "string" ? { mode: each } : each;
      return targetsOf(service, members).map((target) =>
        at("mtls-{}", target, { mode, workload: target.workload, ...(ports && { portLevelMtls: ports }) }),
      );
    }),
  ];
}
