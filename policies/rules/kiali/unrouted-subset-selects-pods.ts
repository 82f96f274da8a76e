import type { MeshRule } from "../../rule";
import { readOddSubsets } from "./lib/subsets";

export const unroutedSubsetSelectsPods: MeshRule = {
  id: "unrouted-subset-selects-pods",
  requires: "The labels of a subset are those of some pods of the host, though nothing routes to it yet.",
  because: "The first route to the subset will fail with 503.",
  wayOut: "Use labels that pods of this host have, or remove the subset, to which nothing routes.",
  severity: "low",
  covers: ["KIA0203"],
  twin: "subset-selects-pods",

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
