import type { MeshRule } from "../../engine/rule.ts";
import { readOddSubsets } from "./lib/subsets.ts";

export const routedSubsetSelectsPods: MeshRule = {
  id: "routed-subset-selects-pods",
  title: "The labels of a subset that a VirtualService routes to are those of some pods of the host.",
  rationale: "Envoy answers 503 to every request on a route to a subset without pods.",
  remediation: "Use labels that pods of this host have.",
  severity: "high",
  codes: ["KIA0203"],
  twin: "subset-selects-pods",

  *checkMesh(mesh) {
    for (const { object, place, lacks, isRouted } of mesh.derive(readOddSubsets)) {
      if (lacks === "labels" || isRouted !== true) continue;
      yield { object, path: place.at("labels").path, message: "use labels that pods of this host have" };
    }
  },
};
