import { isPartialWildcard } from "../../values/hosts.ts";
import { at, warned } from "../../values/verdicts.ts";

export const serviceEntryWildcards = warned({
  id: "service-entry-wildcards",
  title: "A wildcard in the hosts of a ServiceEntry replaces whole labels.",
  rationale: "Envoy supports no other wildcards, so no request matches the host.",
  remediation: "List the hosts by name, or use *.example.com instead of a wildcard such as api-*.example.com.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const resolution = spec.at("resolution");
    if (resolution.isUnknown() || resolution.string() === "DYNAMIC_DNS") return;
    for (const host of spec.at("hosts").items()) {
      if (isPartialWildcard(host.string() ?? ""))
        yield at(host, "use the asterisk for a whole label, as in *.example.com");
    }
  },
});
