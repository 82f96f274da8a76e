import { fqdnProblem, wildcardHostProblem } from "../../values/hosts.ts";
import { lacksItems } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const serviceEntryHosts = rejected({
  id: "service-entry-hosts",
  title: "A ServiceEntry has hosts, with full names where DNS resolves them.",
  remediation:
    "Use full host names, such as api.example.com, and for *.example.com add endpoints, or use resolution NONE or DYNAMIC_DNS.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const hosts = spec.at("hosts");
    if (lacksItems(hosts)) yield at(hosts, "add a host");
    const isLookedUp =
      ["DNS", "DNS_ROUND_ROBIN"].includes(spec.at("resolution").string() ?? "") && lacksItems(spec.at("endpoints"));
    for (const host of hosts.items()) {
      const text = host.string();
      if (text === undefined) continue;
      const problem =
        text === "*" ? "name the host: a wildcard for all hosts is not allowed" : wildcardHostProblem(text);
      if (problem !== undefined) yield at(host, problem);
      else if (isLookedUp && fqdnProblem(text) !== undefined) {
        yield at(host, "use the full name, add endpoints, or use resolution NONE or DYNAMIC_DNS");
      }
    }
  },
});
