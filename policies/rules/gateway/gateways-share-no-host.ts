import type { MeshRule } from "../../engine/rule.ts";
import { contestedServers } from "./lib/gatewayServers.ts";

export const gatewaysShareNoHost: MeshRule = {
  id: "gateways-share-no-host",
  title: "Each host has one Gateway at the same gateway pods and port.",
  rationale: "Istio takes the TLS settings of only one of them, and which one nobody chose.",
  remediation: "Serve this host at this port in one Gateway.",
  severity: "medium",
  codes: ["KIA0301"],
  twin: "gateways-do-not-conflict",

  *checkMesh(mesh) {
    for (const { object, place, isRepeated } of contestedServers(mesh)) {
      if (!isRepeated) continue;
      yield { object, path: place.path, message: "serve this host at this port in one Gateway" };
    }
  },
};
