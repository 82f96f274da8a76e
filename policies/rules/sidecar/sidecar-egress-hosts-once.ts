import type { Finding } from "../../engine/rule.ts";
import type { Field } from "../../model/field.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const sidecarEgressHostsOnce = warned({
  id: "sidecar-egress-hosts-once",
  title: "An egress listener of a Sidecar lists each host once.",
  rationale:
    "With * for a namespace, its other hosts in the list have no effect, and the list suggests a restriction that does not exist.",
  remediation:
    "Remove each host that the list already covers, by itself or with <namespace>/*, and use */* only on its own.",
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
      yield at(field, "remove this host: the list already has it, or its whole namespace");
    }
    byNamespace.set(namespace, seen.add(host));
  }
  if (byNamespace.get("*")?.has("*") === true && byNamespace.size > 1)
    yield at(hosts, "keep only */* in the list: it covers all hosts");
}
