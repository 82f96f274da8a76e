import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { hasText, lacksText, places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const workloadEntryAddresses = warned({
  id: "workload-entry-addresses",
  title: "A workload outside Kubernetes has an address.",
  rationale: "With only a network, clients reach it through the gateway of that network, if there is one.",
  remediation: "Set address to the workload's IP address, or check that meshNetworks has a gateway for its network.",
  kinds: ["ServiceEntry", "WorkloadEntry"],

  *check(object) {
    for (const workload of workloadsOf(object)) {
      const address = workload.at("address");
      if (lacksText(address) && hasText(workload.at("network")))
        yield at(address, "add the address, if the workload is reachable at one");
    }
  },
});

function workloadsOf({ kind, spec }: MeshObject): Iterable<Field> {
  if (kind === "WorkloadEntry") return [spec];
  return spec.at("resolution").string() === "STATIC" ? places(spec, "endpoints[]") : [];
}
