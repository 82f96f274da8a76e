import { serviceEntryWildcards } from "../../../../policies/rules/service-entry/service-entry-wildcards";
import { testRule } from "../../testRule";
import { serviceEntry } from "../../valid";

testRule(serviceEntryWildcards, [serviceEntry, [["a part of a label", { "spec.hosts[0]": "*-api.example.com" }]]]);
