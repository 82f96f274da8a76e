import type { MeshRule } from "../../engine/rule.ts";
import { overlappingServers } from "./lib/gatewayServers.ts";

export const gatewayHostsDoNotOverlap: MeshRule = {
  id: "gateway-hosts-do-not-overlap",
  title: "The hosts of the servers at the same gateway pods and port do not cover each other.",
  rationale:
    "Requests go to the most specific host, which is mostly what is meant. A browser may reuse an HTTP/2 connection for another host of the same certificate, though, and then gets 404.",
  remediation: "Serve the hosts that the wildcard covers at this port by one server, or at another port.",
  severity: "low",
  codes: ["KIA0301"],
  sources: ["kiali/business/checkers/gateways/multi_match_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place } of overlappingServers(mesh)) {
      yield {
        object,
        path: place.path,
        message: "serve the hosts that the wildcard covers at this port by one server, or at another port",
      };
    }
  },
};
