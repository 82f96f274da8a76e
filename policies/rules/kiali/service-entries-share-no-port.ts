import type { MeshRule } from "../../rule";
import { sharedPorts } from "./lib/servicePorts";

export const serviceEntriesShareNoPort: MeshRule = {
  id: "service-entries-share-no-port",
  requires: "Each port of an outside host is in one ServiceEntry, once.",
  because: "Istio takes the endpoints of only one of them, which may not be the one that was meant.",
  wayOut: "Put this port of the host into one ServiceEntry.",
  severity: "medium",
  covers: ["KIA1211"],

  *checkMesh(mesh) {
    for (const { object, place, isAgreed } of sharedPorts(mesh)) {
      if (!isAgreed) continue;
      yield { object, path: place.path, message: "put this port of the host into one ServiceEntry" };
    }
  },
};
