// Services as `mesh:security` and `calls` name them.
import { isGateway, type Member, type Members } from "../components/security/members.ts";
import { list } from "../lib/list.ts";
import { didYouMean, type Finding, type Path } from "../lib/schema/problems.ts";
import { listOf, mapOf, textOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** A service that is called by a name in the stack has to be there; in other namespaces others may have more. */
export function* callsKnown(draft: Draft, members: Members): Iterable<Finding> {
  for (const { name, path } of draft.applications) {
    for (const [service, args] of Object.entries(mapOf(mapOf(draft.section("applications")[name]).services))) {
      for (const [index, call] of listOf(mapOf(args).calls).entries()) {
        const text = textOf(call);
        if (text === undefined) continue;
        const [, place] = text.split(".");
        if (place !== undefined && !draft.namespaces.includes(place)) continue;
        yield* named(text, [...path, "services", service, "calls", index], members);
      }
    }
  }
}

/** A name that is that of no service, or of several. */
export function* named(name: string, path: Path, members: Members): Iterable<Finding> {
  if (isGateway(name)) return;
  const found = members.named(name);
  if (found.length === 0) {
    const meant = didYouMean(name, [...members.names, "ingress-gateway", "egress-gateway"]);
    const hint = meant === undefined ? `there are ${members.names.join(", ")}` : `did you mean ${meant}?`;
    yield { path, reason: `is no service of this stack; ${hint}` };
  } else if (found.length > 1) {
    const all = found.map(({ namespace }) => `${name}.${namespace}`);
    yield { path, reason: `is the name of several services: write ${list(all, "or")}` };
  }
}

export const speaksHttp = ({ args: { protocol = "http" } }: Member) =>
  ["http", "http2", "grpc"].includes(String(protocol));

export const hasSidecar = ({ args }: Member) =>
  Object.values(mapOf(args.versions)).some((version) => mapOf(version).sidecar !== false);
