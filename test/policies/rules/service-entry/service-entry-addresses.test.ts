import { serviceEntryAddresses } from "../../../../policies/rules/service-entry/service-entry-addresses.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry } from "../../valid.ts";

testRule(serviceEntryAddresses, [
  serviceEntry,
  [
    ["no address", { "spec.addresses[0]": "example.com" }],
    ["a range to resolve", { "spec.addresses[0]": "10.0.0.0/8" }],
    ["a leading zero", { "spec.addresses[0]": "10.01.0.1" }],
  ],
]);
