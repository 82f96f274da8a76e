import type { MeshRule } from "../../engine/rule.ts";
import { readOddSubsets } from "./lib/subsets.ts";

export const unroutedSubsetSelectsPods: MeshRule = {
  id: "unrouted-subset-selects-pods",
  title: "The labels of a subset match Pods of the host, even if no route uses it yet.",
  rationale: "The first route to the subset will return 503.",
  remediation: "Use labels of this host's Pods, or remove the subset, which no route uses.",
  severity: "low",
  missing: true,
  codes: ["KIA0203"],
  sources: ["kiali/business/checkers/destinationrules/no_dest_checker.go"],
  // Kiali asks for pods that the Service selects, in its namespace; for istioctl any pods with the labels will do.
  duplicateOf: "subset-selects-pods",

  *checkMesh(mesh) {
    for (const { object, place, lacks, isRouted } of mesh.derive(readOddSubsets)) {
      if (lacks === "labels" || isRouted !== false) continue;
      yield {
        object,
        path: place.at("labels").path,
        message: "use labels of this host's Pods, or remove the subset, which no route uses",
      };
    }
  },
};
