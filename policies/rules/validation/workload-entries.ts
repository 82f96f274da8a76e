import { rejected } from "./lib/verdicts";
import { endpointPortFindings, workloadFindings } from "./lib/workloads";

export const workloadEntries = rejected({
  id: "workload-entries",
  requires: "A WorkloadEntry has an address that can be reached, ports and labels.",
  kinds: ["WorkloadEntry"],

  *check({ spec }) {
    yield* workloadFindings(spec, "an IP address or the name of a host in full");
    yield* endpointPortFindings(spec);
  },
});
