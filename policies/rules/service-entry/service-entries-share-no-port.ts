import type { MeshRule } from "../../engine/rule.ts";
import { sharedPorts } from "./lib/servicePorts.ts";

export const serviceEntriesShareNoPort: MeshRule = {
  id: "service-entries-share-no-port",
  title: "Each port of an external host is declared once, in one ServiceEntry.",
  rationale: "Istio uses the endpoints of only one of them, which may not be the intended one.",
  remediation: "Declare this port of the host in only one ServiceEntry.",
  severity: "medium",
  codes: ["KIA1211"],
  sources: ["kiali/business/checkers/serviceentries/multi_match_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place } of sharedPorts(mesh)) {
      yield { object, path: place.path, message: "declare this port of the host in only one ServiceEntry" };
    }
  },
};
