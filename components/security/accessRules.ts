import type {
  AuthorizationCondition,
  AuthorizationOperation,
  AuthorizationRule,
  AuthorizationSource,
} from "./authorizationPolicyOptions.ts";
import { gatewayPods, identityOf, isGateway, type Members } from "./members.ts";
import type { AccessSection, Caller, ClaimsSection, DenialSection, RequestsSection } from "./securitySection.ts";
import { defined } from "../../lib/defined.ts";

/** Who is meant, as Istio knows them. */
interface Identities {
  readonly principals: readonly string[];
  readonly namespaces: readonly string[];
}

/**
 * The identities of callers.
 * @param from the namespace of the service that they call
 */
export function identitiesOf(callers: readonly Caller[], members: Members, from?: string): Identities {
  const principals = callers.flatMap((caller) => {
    if (typeof caller === "string") {
      return isGateway(caller) ? [identityOf(gatewayPods(caller))] : members.named(caller, from).map(identityOf);
    }
    if ("namespace" in caller) return [];
    const [namespace = "", account = ""] = caller.serviceAccount.split("/");
    return [identityOf({ namespace, account })];
  });
  const namespaces = callers.flatMap((caller) =>
    typeof caller === "object" && "namespace" in caller ? [caller.namespace] : [],
  );
  return { principals, namespaces };
}

/** One source for each kind of identity, since the lists of one source have to fit all. */
function sourcesOf({ principals, namespaces }: Identities): AuthorizationSource[] {
  return [...(principals.length > 0 ? [{ principals }] : []), ...(namespaces.length > 0 ? [{ namespaces }] : [])];
}

/** Clients may name the port beside the host. */
export const withPorts = (hosts: readonly string[]) =>
  hosts.flatMap((host) => (host.endsWith("*") || host.includes(":") ? [host] : [host, `${host}:*`]));

function operationsOf({ methods, paths, hosts, ports }: RequestsSection): AuthorizationOperation[] {
  const operation = defined<AuthorizationOperation>({
    hosts: hosts && withPorts(hosts),
    ports: ports?.map(String),
    methods,
    paths,
  });
  return Object.keys(operation).length > 0 ? [operation] : [];
}

const claimKey = (claim: string) => `request.auth.claims${claim.startsWith("[") ? claim : `[${claim}]`}`;

const conditionsOf = (claims: ClaimsSection): AuthorizationCondition[] =>
  Object.entries(claims).map(([claim, values]) => ({ key: claimKey(claim), values }));

function ruleOf(
  from: readonly AuthorizationSource[],
  to: readonly AuthorizationOperation[],
  when: readonly AuthorizationCondition[],
): AuthorizationRule {
  return {
    ...(from.length > 0 && { from }),
    ...(to.length > 0 && { to }),
    ...(when.length > 0 && { when }),
  };
}

/** The rules of what a service takes; none for an entry that lets nobody in. */
export function accessRules(
  entries: readonly AccessSection[],
  members: Members,
  namespace: string,
): AuthorizationRule[] {
  return entries.flatMap((entry) => {
    const from = sourcesOf(identitiesOf(entry.from, members, namespace));
    return from.length === 0 ? [] : [ruleOf(from, operationsOf(entry), conditionsOf(entry.jwt ?? {}))];
  });
}

/**
 * The rules of what is refused. Only who fits all of `unless` is let through, so each part of it has a rule of its own: the
 * conditions of one rule have to fit all.
 */
export function denialRules({ from, unless = {}, ...requests }: DenialSection, members: Members): AuthorizationRule[] {
  const to = operationsOf(requests);
  const sources = from ? sourcesOf(identitiesOf(from, members)) : [];
  const rules: AuthorizationRule[] = [];
  if (unless.from) {
    const { principals, namespaces } = identitiesOf(unless.from, members);
    const others: AuthorizationSource = {
      ...(principals.length > 0 && { notPrincipals: principals }),
      ...(namespaces.length > 0 && { notNamespaces: namespaces }),
    };
    rules.push(
      ruleOf(
        (sources.length > 0 ? sources : [{}]).map((each) => ({ ...each, ...others })),
        to,
        [],
      ),
    );
  }
  for (const [claim, values] of Object.entries(unless.jwt ?? {})) {
    rules.push(ruleOf(sources, to, [{ key: claimKey(claim), notValues: values }]));
  }
  return rules.length > 0 ? rules : [ruleOf(sources, to, [])];
}

/** The rule of what is decided elsewhere. */
export const customRules = (requests: RequestsSection): AuthorizationRule[] => [ruleOf([], operationsOf(requests), [])];
