import type { Field } from "../../model/field.ts";
import { places } from "../../values/reading.ts";
import { TCP_SOURCE_LISTS } from "./lib/authorizationLists.ts";
import { at, warned } from "../../values/verdicts.ts";

export const denialsOfTcp = warned({
  id: "denials-of-tcp",
  title: "A rule that denies names something that a TCP connection has, such as a port.",
  rationale: "What only HTTP has is left out for other connections, so that the rule denies all of them.",
  remediation: "Name the ports that speak HTTP in each operation of the rule, or in a new one if it has none.",
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
        yield at(rule, "add the ports under to.operation that the rule is about");
      }
    }
  },
});

function maySet(list: Field): boolean {
  return list.isUnknown() || list.items().length > 0;
}
