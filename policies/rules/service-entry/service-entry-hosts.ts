import { fqdnProblem, wildcardHostProblem } from "../../values/hosts.ts";
import { lacksItems } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const serviceEntryHosts = rejected({
  id: "service-entry-hosts",
  title: "A ServiceEntry names hosts, and in full where DNS has to find them.",
  remediation:
    "Name hosts in full, such as api.example.com; for *.example.com add endpoints, or resolve as NONE or DYNAMIC_DNS.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const hosts = spec.at("hosts");
    if (lacksItems(hosts)) yield at(hosts, "name a host");
    const isLookedUp =
      ["DNS", "DNS_ROUND_ROBIN"].includes(spec.at("resolution").string() ?? "") && lacksItems(spec.at("endpoints"));
    for (const host of hosts.items()) {
      const text = host.string();
      if (text === undefined) continue;
      const problem = text === "*" ? "name the host: not every host there is" : wildcardHostProblem(text);
      if (problem !== undefined) yield at(host, problem);
      else if (isLookedUp && fqdnProblem(text) !== undefined) {
        yield at(host, "write the name in full, or add endpoints, or resolve it as NONE or DYNAMIC_DNS");
      }
    }
  },
});
