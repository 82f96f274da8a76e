import { rejected } from "../../values/verdicts.ts";
import { endpointPortFindings, workloadFindings } from "../../values/workloads.ts";

export const workloadEntries = rejected({
  id: "workload-entries",
  title: "A WorkloadEntry has an address that can be reached, ports and labels.",
  remediation:
    "Set an address (IP, full host name or unix:// path) or a network, ports such as http: 8080, and labels such as version: v1.",
  kinds: ["WorkloadEntry"],

  *check({ spec }) {
    yield* workloadFindings(spec, "an IP address or the name of a host in full");
    yield* endpointPortFindings(spec);
  },
});
