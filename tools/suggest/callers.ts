// Callers as the stack file names them.
import { identitiesOf } from "../../components/security/accessRules.ts";
import { isGateway, type Member, type Members } from "../../components/security/members.ts";
import type { Caller } from "../../components/security/securitySection.ts";
import { listOf, textOf } from "../../lib/untrusted.ts";
import type { Call, Declared } from "./calls.ts";

/** A caller in one word, for people. */
export function textOfCaller(caller: Caller): string {
  if (typeof caller === "string") return caller;
  return "namespace" in caller ? `namespace ${caller.namespace}` : `service account ${caller.serviceAccount}`;
}

/** What `services` says of a service, with its key. */
export const ownEntry = (member: Member, { authorization: { services = {} }, members }: Declared) =>
  Object.entries(services).find(([name]) => members.named(name).includes(member));

/** The service of the stack that calls, if it is one. */
export const serviceIn = (caller: Caller, members: Members): readonly Member[] =>
  typeof caller === "string" && !isGateway(caller) ? members.named(caller) : [];

/** Sorts calls by who calls. */
export const byCaller = (one: Call, other: Call) => textOfCaller(one.caller).localeCompare(textOfCaller(other.caller));

/** Whether who is meant is the one who called. */
export function covers(caller: Caller, { identity, member }: Call, { members }: Declared): boolean {
  const { principals, namespaces } = identitiesOf([caller], members, member.namespace);
  return principals.includes(identity) || namespaces.includes(identity.split("/")[2] ?? "");
}

/** The names of the services that a service says it calls. */
export const callsOf = ({ args }: Member): readonly string[] =>
  listOf(args.calls).flatMap((each) => textOf(each) ?? []);

/** Whether a service says by its `calls` that it calls another one. */
export const saysItCalls = (caller: Member, called: Member, members: Members) =>
  callsOf(caller).some((name) => members.named(name, caller.namespace).includes(called));
