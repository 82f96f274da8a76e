import type { MeshRule } from "../../engine/rule.ts";
import { contestedHosts } from "./lib/hostClaims.ts";

export const gatewayRoutesShareNoHost: MeshRule = {
  id: "gateway-routes-share-no-host",
  title: "Each host has one VirtualService at a gateway.",
  rationale:
    "Istio merges the routes of several, those of the older one first. That is harmless where their paths have nothing in common.",
  remediation: "Put the routes of this host into one VirtualService.",
  severity: "low",
  codes: ["KIA1106"],
  sources: ["kiali/business/checkers/virtualservices/single_host_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place, isAtGateway } of contestedHosts(mesh)) {
      if (!isAtGateway) continue;
      yield { object, path: place.path, message: "put the routes of this host into one VirtualService" };
    }
  },
};
