import { workloadEntryAddresses } from "../../../../policies/rules/validation/workload-entry-addresses";
import { testRule } from "./lib/testRule";
import { staticServiceEntry, workloadEntry } from "./lib/valid";

testRule(
  workloadEntryAddresses,
  [workloadEntry, [["a network alone", { "spec.address": undefined }]]],
  [
    staticServiceEntry,
    [["a network alone", { "spec.endpoints[0]": { network: "vms" } }, ["spec.endpoints[0].address"]]],
  ],
);
