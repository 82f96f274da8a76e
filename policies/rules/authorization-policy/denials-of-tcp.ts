import type { Field } from "../../model/field.ts";
import { places } from "../../values/reading.ts";
import { TCP_SOURCE_LISTS } from "./lib/authorizationLists.ts";
import { at, warned } from "../../values/verdicts.ts";

export const denialsOfTcp = warned({
  id: "denials-of-tcp",
  title: "A DENY rule matches an attribute that TCP connections have, such as a port.",
  rationale: "For other protocols Istio ignores HTTP-only attributes, so the rule denies all of those connections.",
  remediation: "Add the HTTP ports to each operation of the rule, or add an operation with them if it has none.",
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    if (spec.at("action").string() !== "DENY") return;
    for (const rule of places(spec, "rules[]")) {
      const sources = places(rule, "from[].source");
      const operations = places(rule, "to[].operation");
      if ([rule.at("from"), rule.at("to")].some((list) => list.isUnknown())) continue;
      const hasTcpSource = sources.some((source) => TCP_SOURCE_LISTS.some((name) => maySet(source.at(name))));
      const hasPort = operations.some((operation) => ["ports", "notPorts"].some((name) => maySet(operation.at(name))));
      const onlySource = sources.length > 0 && operations.length === 0;
      if ((onlySource && !hasTcpSource) || (operations.length > 0 && !hasPort)) {
        yield at(rule, "add the ports that the rule applies to under to.operation");
      }
    }
  },
});

function maySet(list: Field): boolean {
  return list.isUnknown() || list.items().length > 0;
}
