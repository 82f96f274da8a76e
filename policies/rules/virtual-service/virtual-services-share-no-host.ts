import type { MeshRule } from "../../engine/rule.ts";
import { contestedHosts } from "./lib/hostClaims.ts";

export const virtualServicesShareNoHost: MeshRule = {
  id: "virtual-services-share-no-host",
  title: "Each host has one VirtualService for the sidecars, and so has each namespace whose hosts a wildcard routes.",
  rationale: "Sidecars use only one of two, and you do not control which one.",
  remediation: "Put the routes of this host in one VirtualService.",
  severity: "medium",
  codes: ["KIA1106"],
  sources: ["kiali/business/checkers/virtualservices/single_host_checker.go"],
  // Kiali also finds wildcards, and follows the exportTo of the mesh config and Sidecars.
  duplicateOf: "one-virtual-service-per-host",

  *checkMesh(mesh) {
    for (const { object, place, isAtGateway } of contestedHosts(mesh)) {
      if (isAtGateway) continue;
      yield { object, path: place.path, message: "put the routes of this host in one VirtualService" };
    }
  },
};
