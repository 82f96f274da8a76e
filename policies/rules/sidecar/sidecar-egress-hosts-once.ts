import type { Finding } from "../../engine/rule.ts";
import type { Field } from "../../model/field.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const sidecarEgressHostsOnce = warned({
  id: "sidecar-egress-hosts-once",
  title: "A listener of a Sidecar's egress names each host once.",
  rationale: "Beside * the other hosts of a namespace change nothing, and the list says less than it seems to.",
  remediation: "Remove each host that the list has already, by itself or by <namespace>/*, and leave */* alone in it.",
  kinds: ["Sidecar"],

  *check({ spec, namespace }) {
    for (const hosts of places(spec, "egress[].hosts")) yield* repeatedHosts(hosts, namespace);
  },
});

function* repeatedHosts(hosts: Field, own: string | undefined): Generator<Finding> {
  const byNamespace = new Map<string, Set<string>>();
  for (const field of hosts.items()) {
    const [place, host] = /^([^/]*)\/(.*)$/s.exec(field.string() ?? "")?.slice(1) ?? [];
    if (place === undefined || host === undefined || place.startsWith("~")) continue;
    const namespace = place === "." ? (own ?? place) : place;
    const seen = byNamespace.get(namespace) ?? new Set();
    if (host === "*" ? seen.size > 0 : seen.has(host) || seen.has("*")) {
      yield at(field, "take it out: another host of the list says the same, or all of the namespace");
    }
    byNamespace.set(namespace, seen.add(host));
  }
  if (byNamespace.get("*")?.has("*") === true && byNamespace.size > 1)
    yield at(hosts, "leave */* alone in the list: it is all hosts");
}
