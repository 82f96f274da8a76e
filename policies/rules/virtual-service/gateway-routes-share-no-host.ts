import type { MeshRule } from "../../engine/rule.ts";
import { contestedHosts } from "./lib/hostClaims.ts";

export const gatewayRoutesShareNoHost: MeshRule = {
  id: "gateway-routes-share-no-host",
  title: "Each host has one VirtualService at a gateway.",
  rationale: "Istio merges the routes of several, in an order that you do not control.",
  remediation: "Put the routes of this host in one VirtualService.",
  severity: "medium",
  codes: ["KIA1106"],
  sources: ["kiali/business/checkers/virtualservices/single_host_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place, isAtGateway } of contestedHosts(mesh)) {
      if (!isAtGateway) continue;
      yield { object, path: place.path, message: "put the routes of this host in one VirtualService" };
    }
  },
};
