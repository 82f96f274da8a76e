import { LOGIN_PROVIDER } from "../components/observability/loginOptions.ts";
import { isGateway, type Member, type Members } from "../components/security/members.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import { itemsOf, listOf, mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";
import { securityMembers, waysOf } from "./security.ts";
import { callsKnown, hasSidecar, named, speaksHttp } from "./securityNames.ts";

/** Rules about security and the rest of the stack. Sections may be wrong by themselves; then nothing is said of them here. */
export function* securityCombinations(draft: Draft): Iterable<Finding> {
  const section = draft.section("security");
  const members = securityMembers(draft);
  yield* callsKnown(draft, members);
  if (Object.keys(section).length === 0) return;
  const rules = new SecurityRules(draft, section, members);
  yield* rules.findings();
}

/** What a rule of HTTP asks for, which a proxy cannot see of other protocols. */
const OF_HTTP = ["methods", "paths", "hosts", "jwt", "unless.jwt"];

class SecurityRules {
  private readonly draft: Draft;
  private readonly section: Untrusted;
  private readonly members: Members;

  constructor(draft: Draft, section: Untrusted, members: Members) {
    this.draft = draft;
    this.section = section;
    this.members = members;
  }

  *findings(): Iterable<Finding> {
    yield* this.#mtls();
    yield* this.#services();
    yield* this.#denials();
    yield* this.#custom();
    for (const [name, issuer] of Object.entries(mapOf(this.section.jwt))) {
      yield* this.#targets(["security", "jwt", name, "on"], mapOf(issuer).on);
    }
    yield* this.#claims();
    yield* this.#egress();
    const { authorization, networkPolicies } = this.section;
    if (mapOf(authorization).tryOut === true && networkPolicies === true) {
      const reason = "must be left out beside authorization.tryOut: it refuses at the network what that only counts";
      yield { path: ["security", "networkPolicies"], reason };
    }
  }

  *#mtls(): Iterable<Finding> {
    const { mtls } = this.section;
    const path = ["security", "mtls"];
    const { mode, namespaces, workloads } = mapOf(mtls);
    if (this.draft.section("istio").mtls !== undefined && (typeof mtls === "string" || mode !== undefined)) {
      yield { path, reason: "is said already by mesh:istio.mtls: leave that out" };
    }
    for (const name of Object.keys(mapOf(namespaces))) {
      if (this.draft.namespaces.includes(name)) continue;
      const reason = "is no namespace of this stack: it has Bookinfo's and those of the applications";
      yield { path: [...path, "namespaces", name], reason };
    }
    for (const name of Object.keys(mapOf(workloads))) yield* named(name, [...path, "workloads", name], this.members);
  }

  *#services(): Iterable<Finding> {
    const { services } = mapOf(this.section.authorization);
    const path = ["security", "authorization", "services"];
    const ways = waysOf(this.draft, this.members);
    const seen = new Map<Member, string>();
    for (const [name, access] of Object.entries(mapOf(services))) {
      const place = [...path, name];
      if (isGateway(name)) {
        yield { path: place, reason: "is no service: say under deny what a gateway refuses" };
        continue;
      }
      yield* named(name, place, this.members);
      const [member] = this.members.named(name);
      if (!member) continue;
      const first = seen.get(member);
      if (first !== undefined) yield { path: place, reason: `is the service that stands here as ${first} already` };
      seen.set(member, name);
      if (member.args.port === undefined) {
        yield { path: place, reason: "is a service without a port, which nobody calls: leave it out" };
      }
      if (!hasSidecar(member)) {
        yield {
          path: place,
          reason: "has no sidecar, which is what refuses requests: leave it out, or let it have one",
        };
      }
      const isList = Array.isArray(access);
      const entries = isList ? itemsOf(access) : [mapOf(access)];
      for (const [index, entry] of entries.entries()) {
        const entryPath = isList ? [...place, index] : place;
        yield* this.#callers([...entryPath, "from"], entry.from);
        yield* this.#requests(entryPath, entry, [member]);
      }
      const letsGatewayIn = entries.some(({ from }) =>
        listOf(from).some((each) => each === "ingress-gateway" || typeof each === "object"),
      );
      if (ways.isExposed(member) && !letsGatewayIn && entries.every(({ from }) => Array.isArray(from))) {
        const reason = "must have ingress-gateway in from: by it, requests from outside come to this service";
        yield { path: place, reason };
      }
    }
  }

  *#denials(): Iterable<Finding> {
    for (const [name, denial] of Object.entries(mapOf(mapOf(this.section.authorization).deny))) {
      const path = ["security", "authorization", "deny", name];
      const { on, from, unless } = mapOf(denial);
      const targets = yield* this.#targets([...path, "on"], on);
      yield* this.#callers([...path, "from"], from);
      yield* this.#callers([...path, "unless", "from"], mapOf(unless).from);
      yield* this.#requests(path, mapOf(denial), targets);
    }
  }

  *#custom(): Iterable<Finding> {
    const { extensionProviders, values } = this.draft.section("istio");
    const listed = itemsOf(mapOf(mapOf(mapOf(values).istiod).meshConfig).extensionProviders);
    const known = [
      ...Object.keys(mapOf(extensionProviders)),
      ...listed.flatMap(({ name }) => textOf(name) ?? []),
      ...(this.draft.login ? [LOGIN_PROVIDER] : []),
    ];
    const providers = new Map<string, string>();
    for (const [name, each] of Object.entries(mapOf(mapOf(this.section.authorization).custom))) {
      const path = ["security", "authorization", "custom", name];
      const { on, provider } = mapOf(each);
      const targets = yield* this.#targets([...path, "on"], on);
      yield* this.#requests(path, mapOf(each), targets);
      const text = textOf(provider);
      if (text === undefined) continue;
      if (!known.includes(text)) {
        const there = known.length > 0 ? `there are ${known.join(", ")}` : "there is none";
        yield {
          path: [...path, "provider"],
          reason: `is none of mesh:istio.extensionProviders, so every request would be refused; ${there}`,
        };
      }
      for (const place of (Array.isArray(on) ? listOf(on) : [on]).flatMap((each) => textOf(each) ?? [])) {
        const other = providers.get(place);
        if (other !== undefined && other !== text) {
          const reason = "is a second provider for the same pods, and Istio takes one only: choose one, or other pods";
          yield { path: [...path, "provider"], reason };
        }
        providers.set(place, text);
      }
    }
  }

  /** Without an issuer there is no token whose claims could be asked for. */
  *#claims(): Iterable<Finding> {
    if (Object.keys(mapOf(this.section.jwt)).length > 0) return;
    const { services, deny } = mapOf(this.section.authorization);
    const path = ["security", "authorization"];
    const reason = "needs an issuer of tokens: add one under mesh:security.jwt";
    for (const [name, access] of Object.entries(mapOf(services))) {
      for (const [index, entry] of (Array.isArray(access) ? itemsOf(access) : [mapOf(access)]).entries()) {
        const place = Array.isArray(access) ? [name, index] : [name];
        if (entry.jwt !== undefined) yield { path: [...path, "services", ...place, "jwt"], reason };
      }
    }
    for (const [name, denial] of Object.entries(mapOf(deny))) {
      if (mapOf(mapOf(denial).unless).jwt !== undefined) {
        yield { path: [...path, "deny", name, "unless", "jwt"], reason };
      }
    }
  }

  *#egress(): Iterable<Finding> {
    if (this.section.egress === undefined) return;
    const { outboundTrafficPolicy } = mapOf(mapOf(mapOf(this.draft.section("istio").values).istiod).meshConfig);
    if (outboundTrafficPolicy === undefined) return;
    const reason = "is said already by mesh:istio.values.istiod.meshConfig.outboundTrafficPolicy: leave that out";
    yield { path: ["security", "egress"], reason };
  }

  /** Who may call, or may not: each has to be somebody, with an identity. */
  *#callers(path: Path, callers: unknown): Iterable<Finding> {
    for (const [index, caller] of listOf(callers).entries()) {
      if (typeof caller !== "string") continue;
      yield* named(caller, [...path, index], this.members);
      const [member] = isGateway(caller) ? [] : this.members.named(caller);
      if (member && !hasSidecar(member)) {
        const reason = "has no sidecar, and so no identity by which others know it: let it have one";
        yield { path: [...path, index], reason };
      }
    }
  }

  /** The services that are meant; gateways have none. */
  *#targets(path: Path, on: unknown): Generator<Finding, readonly Member[]> {
    const isList = Array.isArray(on);
    const found: Member[] = [];
    for (const [index, name] of (isList ? listOf(on) : [on]).entries()) {
      if (typeof name !== "string") continue;
      yield* named(name, isList ? [...path, index] : path, this.members);
      found.push(...this.members.named(name));
    }
    return found;
  }

  /** What requests are like: a proxy sees it of HTTP alone, and ports are those of the pods. */
  *#requests(path: Path, requests: Untrusted, targets: readonly Member[]): Iterable<Finding> {
    for (const member of targets) {
      const { port } = member.args;
      for (const [index, each] of listOf(requests.ports).entries()) {
        if (typeof each !== "number" || typeof port !== "number" || each === port) continue;
        yield { path: [...path, "ports", index], reason: `is no port of ${member.name}, whose pods take ${port}` };
      }
      if (speaksHttp(member)) continue;
      for (const key of OF_HTTP) {
        const place = key.split(".");
        if (place.reduce<unknown>((value, name) => mapOf(value)[name], requests) === undefined) continue;
        const reason = `is nothing that a proxy sees of ${member.name}, which does not speak HTTP: leave it out`;
        yield { path: [...path, ...place], reason };
      }
    }
  }
}
