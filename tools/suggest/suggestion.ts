// The least that the stack file has to allow for the calls that were counted, where it says something else.
import type { Member } from "../../components/security/members.ts";
import { accessOf, callersOf, listed } from "../../components/security/securityPlan.ts";
import type { AccessSection, Caller } from "../../components/security/securitySection.ts";
import { CallChanges, type Difference, type SuggestedCalls } from "./callChanges.ts";
import { byCaller, covers, ownEntry, saysItCalls, serviceIn, textOfCaller } from "./callers.ts";
import { nameOf, type Call, type Counts, type Declared } from "./calls.ts";

/** Callers, and those that the stack file has and that did not call. */
interface Callers {
  readonly from: readonly Caller[];
  readonly unseen: readonly Caller[];
}

/** An entry of a service, with what else its requests are limited to. */
export interface SuggestedEntry extends Callers {
  readonly limits: Omit<AccessSection, "from">;
}

/** What `mesh:security.authorization.services` is to say of a service. */
export interface SuggestedService {
  /** Its key. */
  readonly name: string;
  readonly entries: readonly SuggestedEntry[];
}

/** Somebody who calls a service, or may. */
export interface Edge {
  readonly caller: Caller;
  readonly member: Member;
  /** Nothing where nothing was counted. */
  readonly counts: Counts | undefined;
  /** Whether the stack file as it is lets the caller in: perhaps only for some requests. */
  readonly allowed: "yes" | "some requests" | "no";
}

export interface Suggestion {
  readonly edges: readonly Edge[];
  readonly services: readonly SuggestedService[];
  readonly calls: readonly SuggestedCalls[];
  /** Services of which nothing was counted, by their names: of them, nothing is suggested. */
  readonly quiet: readonly string[];
}

export function suggestionOf(known: readonly Call[], declared: Declared): Suggestion {
  const edges: Edge[] = [];
  const services: SuggestedService[] = [];
  const changes = new CallChanges(declared);
  const quiet: string[] = [];
  for (const member of declared.members.all) {
    const calls = known.filter((call) => call.member === member).sort(byCaller);
    const callers = declaredCallers(member, declared);
    const unseen = callers.filter((caller) => !calls.some((call) => covers(caller, call, declared)));
    const allowed = (isMeant: (caller: Caller) => boolean) => allowedToday(member, isMeant, declared);
    edges.push(
      ...calls.map((call) => ({ ...call, allowed: allowed((caller) => covers(caller, call, declared)) })),
      ...unseen.map((caller) => ({ caller, member, counts: undefined, allowed: allowed(sameAs(caller, declared)) })),
    );
    if (calls.length === 0) {
      if (member.args.port !== undefined) quiet.push(nameOf(member, declared.members));
      continue;
    }
    const difference = {
      member,
      missing: calls.filter((call) => !callers.some((caller) => covers(caller, call, declared))),
      unseen: unseen.filter((caller) => !hasToStay(caller, member, known, declared)),
    };
    if (difference.missing.length + difference.unseen.length === 0) continue;
    if (!changes.take(difference)) services.push(suggestedService(difference, callers, declared));
  }
  return { edges, services, calls: changes.all, quiet };
}

/** Whether somebody who was not seen has to be let in all the same, as long as exposures and routes are as they are. */
function hasToStay(caller: Caller, member: Member, known: readonly Call[], declared: Declared): boolean {
  const { members, ways } = declared;
  // By the gateway, requests from outside come.
  const mayBeGateway = caller === "ingress-gateway" || typeof caller === "object";
  if (mayBeGateway && ways.isExposed(member)) return true;
  // A route leads requests for another service here, and may have led none in that time.
  const [service] = serviceIn(caller, declared.members);
  const says = (called: Member) => service !== undefined && saysItCalls(service, called, members);
  const isLed = !says(member) && ways.leadingTo(member).some(says);
  // The other way round: requests for this service may all have been led on.
  const ledOn = known.filter((call) => ways.leadingTo(call.member).includes(member));
  return isLed || ledOn.some((call) => covers(caller, call, declared));
}

/** Who may call a service, or could if all else were refused. */
function declaredCallers(member: Member, declared: Declared): readonly Caller[] {
  const { members, ways } = declared;
  const own = ownEntry(member, declared);
  if (own) return distinct(listed<AccessSection>(own[1]).flatMap(({ from }) => from));
  return callersOf(member, members, ways).map((caller) => {
    const [found] = serviceIn(caller, declared.members);
    return found ? nameOf(found, members) : caller;
  });
}

const distinct = (callers: readonly Caller[]): Caller[] => [
  ...new Map(callers.map((caller) => [textOfCaller(caller), caller])).values(),
];

/** Whether the stack file as it is lets in whom it may mean by some of its callers. */
function allowedToday(member: Member, isMeant: (caller: Caller) => boolean, declared: Declared): Edge["allowed"] {
  const access = accessOf(member, declared.authorization, declared.members, declared.ways);
  if (access === undefined) return "yes";
  const entries = access.filter(({ from }) => from.some(isMeant));
  if (entries.length === 0) return "no";
  return entries.some((entry) => !isLimited(entry)) ? "yes" : "some requests";
}

/** Whether two callers are one, under whichever names. */
const sameAs = (one: Caller, { members }: Declared) => {
  const [service] = serviceIn(one, members);
  return (other: Caller) =>
    service ? serviceIn(other, members).includes(service) : textOfCaller(one) === textOfCaller(other);
};

const isLimited = (entry: AccessSection) => Object.keys(entry).some((key) => key !== "from");

function suggestedService(
  { member, missing, unseen }: Difference,
  callers: readonly Caller[],
  declared: Declared,
): SuggestedService {
  const { members } = declared;
  const [name, access] = ownEntry(member, declared) ?? [nameOf(member, members), { from: callers }];
  const absent = new Set(unseen.map(textOfCaller));
  const isAbsent = (caller: Caller) => absent.has(textOfCaller(caller));
  const entries = listed<AccessSection>(access).map(({ from, ...limits }) => ({
    from: from.filter((caller) => !isAbsent(caller)),
    unseen: from.filter(isAbsent),
    limits,
  }));
  if (missing.length === 0) return { name, entries };
  const added = missing.map(({ caller }) => caller);
  // What they ask for is not known: they may not fit into an entry that is for some requests.
  const open = entries.findIndex(({ limits }) => Object.keys(limits).length === 0);
  if (open === -1) return { name, entries: [...entries, { from: added, unseen: [], limits: {} }] };
  return {
    name,
    entries: entries.map((entry, index) => (index === open ? { ...entry, from: [...entry.from, ...added] } : entry)),
  };
}
