import { workloadEntryAddresses } from "../../../../policies/rules/workload-entry/workload-entry-addresses.ts";
import { testRule } from "../../testRule.ts";
import { staticServiceEntry, workloadEntry } from "../../valid.ts";

testRule(
  workloadEntryAddresses,
  [workloadEntry, [["a network alone", { "spec.address": undefined }]]],
  [
    staticServiceEntry,
    [["a network alone", { "spec.endpoints[0]": { network: "vms" } }, ["spec.endpoints[0].address"]]],
  ],
);
