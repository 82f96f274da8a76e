import type { MeshRule } from "../../engine/rule.ts";
import { lacksHost } from "./lib/apps.ts";
import { readHosts } from "../../model/kiali/hosts.ts";

export const destinationRuleHostKnown: MeshRule = {
  id: "destination-rule-host-known",
  title: "The host of a DestinationRule belongs to a Service, ServiceEntry or app that its namespace can see.",
  rationale: "Otherwise its TLS, load balancing and subset settings never take effect.",
  remediation: "Name an existing Service or ServiceEntry that is visible from this namespace.",
  severity: "high",
  missing: true,
  codes: ["KIA0202"],
  sources: ["kiali/business/checkers/destinationrules/no_dest_checker.go"],
  // Kiali knows hosts with one dot and those of apps, and judges files without Services, too.
  duplicateOf: "destination-rule-host-exists",

  *checkMesh(mesh) {
    const read = mesh.derive(readHosts);
    for (const object of mesh.all("DestinationRule")) {
      const place = object.spec.at("host");
      const host = place.string();
      const { namespace } = object;
      if (host === undefined || namespace === undefined || !lacksHost(mesh, read(host, namespace), namespace)) continue;
      yield {
        object,
        path: place.path,
        message: "name an existing Service or ServiceEntry that is visible from this namespace",
      };
    }
  },
};
