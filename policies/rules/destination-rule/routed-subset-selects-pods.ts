import type { MeshRule } from "../../engine/rule.ts";
import { readOddSubsets } from "./lib/subsets.ts";

export const routedSubsetSelectsPods: MeshRule = {
  id: "routed-subset-selects-pods",
  title: "The labels of a subset that a VirtualService routes to match Pods of the host.",
  rationale: "Envoy returns 503 for every request routed to a subset without Pods.",
  remediation: "Use labels of this host's Pods.",
  severity: "high",
  missing: true,
  codes: ["KIA0203"],
  sources: ["kiali/business/checkers/destinationrules/no_dest_checker.go"],
  // Kiali asks for pods that the Service selects, in its namespace; for istioctl any pods with the labels will do.
  duplicateOf: "subset-selects-pods",

  *checkMesh(mesh) {
    for (const { object, place, lacks, isRouted } of mesh.derive(readOddSubsets)) {
      if (lacks === "labels" || isRouted !== true) continue;
      yield { object, path: place.at("labels").path, message: "use labels of this host's Pods" };
    }
  },
};
