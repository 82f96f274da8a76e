import { qualified } from "../../../istio/hosts.ts";
import { readRuledHosts, readSubsets } from "../../model/subsets.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { allDestinationsOf } from "../../model/istioctl/destinations.ts";

export const routedSubsetExists: MeshRule = {
  id: "routed-subset-exists",
  title: "A route names only subsets that a DestinationRule of its host defines.",
  rationale: "Envoy returns 503 for every request routed to a subset that it does not know.",
  remediation: "Define the subset in the DestinationRule of the host, or route to an existing subset.",
  severity: "critical",
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/destinationrules.go"],

  *checkMesh(mesh) {
    const lacksSubset = mesh.derive(readSubsets);
    for (const object of mesh.all("VirtualService")) {
      for (const destination of allDestinationsOf(object)) {
        const subset = destination.at("subset");
        const name = subset.string();
        const host = destination.at("host").string();
        if (name === undefined || name === "" || host === undefined) continue;
        const { namespace } = object;
        if (namespace === undefined) continue;
        const full = qualified(host, namespace);
        if (lacksSubset(full, name)) {
          yield {
            object,
            path: subset.path,
            message: "define this subset in the DestinationRule of the route's host, or route to an existing one",
            // The host may have its rule elsewhere.
            missing: !mesh.derive(readRuledHosts).has(full),
          };
        }
      }
    }
  },
};
