import { serviceEntryHosts } from "../../../../policies/rules/service-entry/service-entry-hosts.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry } from "../../valid.ts";

testRule(serviceEntryHosts, [
  serviceEntry,
  [
    ["no hosts", { "spec.hosts": [] }],
    ["all hosts", { "spec.hosts[0]": "*" }],
    ["no name", { "spec.hosts[0]": "a_b" }],
    ["a wildcard to look up", { "spec.hosts[0]": "*.example.com", "spec.endpoints": undefined }, ["spec.hosts[0]"]],
  ],
]);
