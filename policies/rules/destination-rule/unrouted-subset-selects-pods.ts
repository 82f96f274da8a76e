import type { MeshRule } from "../../engine/rule.ts";
import { readOddSubsets } from "./lib/subsets.ts";

export const unroutedSubsetSelectsPods: MeshRule = {
  id: "unrouted-subset-selects-pods",
  title: "The labels of a subset are those of some pods of the host, though nothing routes to it yet.",
  rationale: "The first route to the subset will fail with 503.",
  remediation: "Use labels that pods of this host have, or remove the subset, to which nothing routes.",
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
        message: "use labels that pods of this host have, or remove the subset, to which nothing routes",
      };
    }
  },
};
