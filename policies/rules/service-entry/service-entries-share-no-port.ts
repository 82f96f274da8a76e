import type { MeshRule } from "../../engine/rule.ts";
import { sharedPorts } from "./lib/servicePorts.ts";

export const serviceEntriesShareNoPort: MeshRule = {
  id: "service-entries-share-no-port",
  title: "Each port of an outside host is in one ServiceEntry, once.",
  rationale: "Istio takes the endpoints of only one of them, which may not be the one that was meant.",
  remediation: "Put this port of the host into one ServiceEntry.",
  severity: "medium",
  codes: ["KIA1211"],
  sources: ["kiali/business/checkers/serviceentries/multi_match_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place } of sharedPorts(mesh)) {
      yield { object, path: place.path, message: "put this port of the host into one ServiceEntry" };
    }
  },
};
