import { wildcardHostProblem } from "./lib/hosts";
import { lacksText } from "./lib/reading";
import { at, rejected } from "./lib/verdicts";

export const destinationRuleHosts = rejected({
  id: "destination-rule-hosts",
  requires: "A DestinationRule is for a host, which is a name and may begin with a wildcard.",
  wayOut: "Set host to one name, such as reviews.shop.svc.cluster.local, or to a wildcard such as *.example.com.",
  kinds: ["DestinationRule"],

  *check({ spec }) {
    const host = spec.at("host");
    const problem = lacksText(host) ? "name the host that the rule is for" : wildcardHostProblem(host.text() ?? "*");
    if (problem !== undefined) yield at(host, problem);
  },
});
