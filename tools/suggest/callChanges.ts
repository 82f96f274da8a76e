// What services of the stack's own applications are to say that they call.
import type { Member } from "../../components/security/members.ts";
import type { Caller } from "../../components/security/securitySection.ts";
import { nameOf, type Call, type Declared } from "./calls.ts";
import { callsOf, ownEntry, saysItCalls, serviceIn } from "./callers.ts";

/** What a service of an application is to say that it calls. */
export interface SuggestedCalls {
  readonly application: string;
  readonly service: string;
  readonly calls: readonly string[];
  readonly unseen: readonly string[];
}

/** How what a service takes differs from what was counted. */
export interface Difference {
  readonly member: Member;
  readonly missing: readonly Call[];
  readonly unseen: readonly Caller[];
}

/** Changes of what services of the stack's own applications say that they call. */
export class CallChanges {
  readonly #declared: Declared;
  readonly #changes = new Map<Member, { readonly added: string[]; readonly dropped: Member[] }>();

  constructor(declared: Declared) {
    this.#declared = declared;
  }

  /**
   * Takes what `calls` can say of a difference, and says whether that is all. Whoever calls says so in any case, since
   * its proxy may know only what it calls.
   */
  take({ member, missing, unseen }: Difference): boolean {
    const missed = missing.map(({ caller }) => this.#editable(caller));
    const absent = unseen.map((caller) => this.#editable(caller));
    const { members } = this.#declared;
    for (const caller of missed) {
      if (caller && !saysItCalls(caller, member, members)) this.#of(caller).added.push(nameOf(member, members));
    }
    if (ownEntry(member, this.#declared) || [...missed, ...absent].includes(undefined)) return false;
    for (const caller of absent) if (caller) this.#of(caller).dropped.push(member);
    return true;
  }

  get all(): readonly SuggestedCalls[] {
    const { members } = this.#declared;
    return [...this.#changes].flatMap(([caller, { added, dropped }]) => {
      const application = this.#applicationOf(caller);
      if (application === undefined) return [];
      const before = callsOf(caller);
      const isDropped = (name: string) => members.named(name, caller.namespace).some((each) => dropped.includes(each));
      return [
        {
          application,
          service: caller.name,
          calls: [...before.filter((name) => !isDropped(name)), ...added],
          unseen: before.filter(isDropped),
        },
      ];
    });
  }

  #of(caller: Member) {
    const change = this.#changes.get(caller) ?? { added: [], dropped: [] };
    this.#changes.set(caller, change);
    return change;
  }

  /** The service that calls, if the stack file has its `calls`. */
  #editable(caller: Caller): Member | undefined {
    const [member] = serviceIn(caller, this.#declared.members);
    return member && this.#applicationOf(member) !== undefined ? member : undefined;
  }

  /** The application of a service under `mesh:applications`; Bookinfo says itself what its services call. */
  #applicationOf(member: Member): string | undefined {
    return this.#declared.draft.applications.find(
      ({ name, namespace, path }) =>
        path[0] === "applications" && namespace === member.namespace && member.account === `${name}-${member.name}`,
    )?.name;
  }
}
