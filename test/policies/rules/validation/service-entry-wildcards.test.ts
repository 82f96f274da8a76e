import { serviceEntryWildcards } from "../../../../policies/rules/validation/service-entry-wildcards";
import { testRule } from "./lib/testRule";
import { serviceEntry } from "./lib/valid";

testRule(serviceEntryWildcards, [serviceEntry, [["a part of a label", { "spec.hosts[0]": "*-api.example.com" }]]]);
