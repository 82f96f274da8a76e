import { serviceEntryWildcards } from "../../../../policies/rules/service-entry/service-entry-wildcards.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry } from "../../valid.ts";

testRule(serviceEntryWildcards, [serviceEntry, [["a part of a label", { "spec.hosts[0]": "*-api.example.com" }]]]);
