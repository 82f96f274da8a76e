import type { MeshRule } from "../../engine/rule.ts";
import { readOddSubsets } from "./lib/subsets.ts";

export const subsetHasLabels: MeshRule = {
  id: "subset-has-labels",
  title: "A subset of a DestinationRule has labels.",
  rationale: "A subset without labels selects all Pods of the host.",
  remediation: "Add labels that only the Pods of this subset have.",
  severity: "medium",
  codes: ["KIA0209"],
  sources: ["kiali/business/checkers/destinationrules/no_dest_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place, lacks } of mesh.derive(readOddSubsets)) {
      if (lacks === "pods") continue;
      yield { object, path: place.path, message: "add labels that only the Pods of this subset have" };
    }
  },
};
