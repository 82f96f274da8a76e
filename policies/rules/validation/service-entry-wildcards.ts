import { isPartialWildcard } from "./lib/hosts";
import { at, warned } from "./lib/verdicts";

export const serviceEntryWildcards = warned({
  id: "service-entry-wildcards",
  requires: "A wildcard in the hosts of a ServiceEntry stands for whole labels.",
  because: "Envoy has no other wildcards, so no request matches the host.",
  wayOut: "List the hosts by name, or write *.example.com in place of a wildcard such as api-*.example.com.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const resolution = spec.at("resolution");
    if (resolution.isUnknown() || resolution.text() === "DYNAMIC_DNS") return;
    for (const host of spec.at("hosts").items()) {
      if (isPartialWildcard(host.text() ?? ""))
        yield at(host, "write the asterisk for a whole label, as in *.example.com");
    }
  },
});
