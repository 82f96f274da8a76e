import type { MeshRule } from "../../engine/rule.ts";
import { readOddSubsets } from "./lib/subsets.ts";

export const routedSubsetSelectsPods: MeshRule = {
  id: "routed-subset-selects-pods",
  title: "The labels of a subset that a VirtualService routes to are those of some pods of the host.",
  rationale: "Envoy answers 503 to every request on a route to a subset without pods.",
  remediation: "Use labels that pods of this host have.",
  severity: "high",
  missing: true,
  codes: ["KIA0203"],
  sources: ["kiali/business/checkers/destinationrules/no_dest_checker.go"],
  // Kiali asks for pods that the Service selects, in its namespace; for istioctl any pods with the labels will do.
  duplicateOf: "subset-selects-pods",

  *checkMesh(mesh) {
    for (const { object, place, lacks, isRouted } of mesh.derive(readOddSubsets)) {
      if (lacks === "labels" || isRouted !== true) continue;
      yield { object, path: place.at("labels").path, message: "use labels that pods of this host have" };
    }
  },
};
