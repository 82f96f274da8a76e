import { fqdnProblem, wildcardHostProblem } from "./lib/hosts";
import { lacksItems } from "./lib/reading";
import { at, rejected } from "./lib/verdicts";

export const serviceEntryHosts = rejected({
  id: "service-entry-hosts",
  requires: "A ServiceEntry names hosts, and in full where DNS has to find them.",
  wayOut:
    "Name hosts in full, such as api.example.com; for *.example.com add endpoints, or resolve as NONE or DYNAMIC_DNS.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const hosts = spec.at("hosts");
    if (lacksItems(hosts)) yield at(hosts, "name a host");
    const isLookedUp =
      ["DNS", "DNS_ROUND_ROBIN"].includes(spec.at("resolution").text() ?? "") && lacksItems(spec.at("endpoints"));
    for (const host of hosts.items()) {
      const text = host.text();
      if (text === undefined) continue;
      const problem = text === "*" ? "name the host: not every host there is" : wildcardHostProblem(text);
      if (problem !== undefined) yield at(host, problem);
      else if (isLookedUp && fqdnProblem(text) !== undefined) {
        yield at(host, "write the name in full, or add endpoints, or resolve it as NONE or DYNAMIC_DNS");
      }
    }
  },
});
