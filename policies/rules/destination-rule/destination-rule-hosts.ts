import { wildcardHostProblem } from "../../values/hosts.ts";
import { lacksText } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const destinationRuleHosts = rejected({
  id: "destination-rule-hosts",
  title: "A DestinationRule has one host, which is a name and may begin with a wildcard.",
  remediation: "Set host to one name, such as reviews.shop.svc.cluster.local, or to a wildcard such as *.example.com.",
  kinds: ["DestinationRule"],

  *check({ spec }) {
    const host = spec.at("host");
    const problem = lacksText(host)
      ? "set the host that the rule applies to"
      : wildcardHostProblem(host.string() ?? "*");
    if (problem !== undefined) yield at(host, problem);
  },
});
