import type { MeshRule } from "../../rule";
import { contestedServers } from "./lib/gatewayServers";

export const gatewaysShareNoHost: MeshRule = {
  id: "gateways-share-no-host",
  requires: "Each host has one Gateway at the same gateway pods and port.",
  because: "Istio takes the TLS settings of only one of them, and which one nobody chose.",
  wayOut: "Serve this host at this port in one Gateway.",
  severity: "medium",
  covers: ["KIA0301"],
  twin: "gateways-do-not-conflict",

  *checkMesh(mesh) {
    for (const { object, place, isRepeated } of contestedServers(mesh)) {
      if (!isRepeated) continue;
      yield { object, path: place.path, message: "serve this host at this port in one Gateway" };
    }
  },
};
