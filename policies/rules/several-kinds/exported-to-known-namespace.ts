import type { MeshRule } from "../../engine/rule.ts";
import { mayBeAmbient, mayExist } from "../../model/kiali/namespaces.ts";

export const exportedToKnownNamespace: MeshRule = {
  id: "exported-to-known-namespace",
  title: "An object is exported to namespaces that are there.",
  rationale: "Nobody sees it where it was meant to be seen.",
  remediation: "Name a namespace that is there.",
  severity: "high",
  missing: true,
  codes: ["KIA0005"],
  sources: ["kiali/business/checkers/common/export_to_namespace_checker.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService", "DestinationRule", "ServiceEntry")) {
      // Waypoints do not read it.
      if (mayBeAmbient(mesh, object.namespace)) continue;
      for (const place of object.spec.at("exportTo").items()) {
        const namespace = place.string();
        if (namespace === undefined || [".", "*", "~"].includes(namespace) || mayExist(mesh, namespace)) continue;
        yield { object, path: place.path, message: "name a namespace that is there" };
      }
    }
  },
};
