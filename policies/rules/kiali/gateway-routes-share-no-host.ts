import type { MeshRule } from "../../rule";
import { contestedHosts } from "./lib/hostClaims";

export const gatewayRoutesShareNoHost: MeshRule = {
  id: "gateway-routes-share-no-host",
  requires: "Each host has one VirtualService at a gateway.",
  because: "Istio merges the routes of several, in an order that nobody chose.",
  wayOut: "Put the routes of this host into one VirtualService.",
  severity: "medium",
  covers: ["KIA1106"],

  *checkMesh(mesh) {
    for (const { object, place, isAtGateway } of contestedHosts(mesh)) {
      if (!isAtGateway) continue;
      yield { object, path: place.path, message: "put the routes of this host into one VirtualService" };
    }
  },
};
