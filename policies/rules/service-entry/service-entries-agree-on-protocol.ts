import type { MeshRule } from "../../engine/rule.ts";
import { sharedPorts } from "./lib/servicePorts.ts";

export const serviceEntriesAgreeOnProtocol: MeshRule = {
  id: "service-entries-agree-on-protocol",
  title: "Each port of an outside host has one protocol.",
  rationale: "Istio takes the protocol of only one ServiceEntry, which may not be the one that was meant.",
  remediation: "Put this port of the host into one ServiceEntry, with one protocol.",
  severity: "medium",
  codes: ["KIA1212"],
  twin: "service-entry-protocols-agree",

  *checkMesh(mesh) {
    for (const { object, place, isAgreed } of sharedPorts(mesh)) {
      if (isAgreed) continue;
      yield { object, path: place.path, message: "put this port of the host into one ServiceEntry, with one protocol" };
    }
  },
};
