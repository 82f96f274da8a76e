import { qualified } from "../../hosts";
import { readSubsets } from "../../model/subsets";
import type { MeshRule } from "../../rule";
import { destinationsOf } from "./lib/destinations";

export const routedSubsetExists: MeshRule = {
  id: "routed-subset-exists",
  requires: "A route names only subsets that a DestinationRule of its host defines.",
  because: "Envoy answers 503 to every request on a route to a subset that it does not know.",
  wayOut: "Define the subset in the DestinationRule of the host, or route to a subset that it has.",
  severity: "critical",
  covers: ["IST0101"],

  *checkMesh(mesh) {
    const lacksSubset = mesh.derive(readSubsets);
    for (const object of mesh.all("VirtualService")) {
      for (const destination of destinationsOf(object)) {
        const subset = destination.at("subset");
        const name = subset.text();
        const host = destination.at("host").text();
        if (name === undefined || name === "" || host === undefined) continue;
        const { namespace } = object;
        if (namespace !== undefined && lacksSubset(qualified(host, namespace), name)) {
          yield {
            object,
            path: subset.path,
            message: "define this subset in the DestinationRule of the route's host, or route to one that is there",
          };
        }
      }
    }
  },
};
