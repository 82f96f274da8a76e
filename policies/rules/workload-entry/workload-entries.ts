import { rejected } from "../../values/verdicts.ts";
import { endpointPortFindings, workloadFindings } from "../../values/workloads.ts";

export const workloadEntries = rejected({
  id: "workload-entries",
  title: "A WorkloadEntry has a valid address, and valid ports and labels.",
  remediation:
    "Set an address (IP, full host name or unix:// path) or a network, ports such as http: 8080, and labels such as version: v1.",
  kinds: ["WorkloadEntry"],

  *check({ spec }) {
    yield* workloadFindings(spec, "an IP address or a full host name");
    yield* endpointPortFindings(spec);
  },
});
