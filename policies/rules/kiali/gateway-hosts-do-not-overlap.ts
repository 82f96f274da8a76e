import type { MeshRule } from "../../rule";
import { contestedServers } from "./lib/gatewayServers";

export const gatewayHostsDoNotOverlap: MeshRule = {
  id: "gateway-hosts-do-not-overlap",
  requires: "The hosts of the servers at the same gateway pods and port do not cover each other.",
  because:
    "Which server a request meets depends on the host that a client asks for, and on connections that it has open.",
  wayOut: "Serve the hosts that the wildcard covers at this port by one server, or at another port.",
  severity: "medium",
  covers: ["KIA0301"],

  *checkMesh(mesh) {
    for (const { object, place, isRepeated } of contestedServers(mesh)) {
      if (isRepeated) continue;
      yield {
        object,
        path: place.path,
        message: "serve the hosts that the wildcard covers at this port by one server, or at another port",
      };
    }
  },
};
