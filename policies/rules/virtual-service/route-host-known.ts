import { destinationsOf, routesOf } from "../../model/routes.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readHosts } from "../../model/kiali/hosts.ts";
import { readRegistry } from "../../model/kiali/registry.ts";

export const routeHostKnown: MeshRule = {
  id: "route-host-known",
  title: "A VirtualService routes only to hosts of Services and ServiceEntries that its namespace can see.",
  rationale: "Envoy returns 503 for every request routed to a host that it does not know.",
  remediation: "Route to an existing Service or ServiceEntry that is visible from this namespace.",
  severity: "high",
  missing: true,
  codes: ["KIA1101"],
  sources: ["kiali/business/checkers/virtualservices/no_host_checker.go"],
  // Kiali knows hosts with one dot, and does not look at mirrors and ports.
  duplicateOf: "destination-host-exists",

  *checkMesh(mesh) {
    const read = mesh.derive(readHosts);
    const registry = mesh.derive(readRegistry);
    for (const object of mesh.all("VirtualService")) {
      const { namespace } = object;
      if (namespace === undefined) continue;
      for (const destination of destinationsOf(routesOf(object))) {
        const place = destination.at("host");
        const host = place.string();
        if (host === undefined || host === "" || !registry.lacks(read(host, namespace), namespace)) continue;
        yield {
          object,
          path: place.path,
          message: "route to an existing Service or ServiceEntry that is visible from this namespace",
        };
      }
    }
  },
};
