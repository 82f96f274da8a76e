import type { MeshRule } from "../../rule";
import { mayBeAmbient, mayExist } from "./lib/namespaces";

export const exportedToKnownNamespace: MeshRule = {
  id: "exported-to-known-namespace",
  requires: "An object is exported to namespaces that are there.",
  because: "Nobody sees it where it was meant to be seen.",
  wayOut: "Name a namespace that is there.",
  severity: "high",
  covers: ["KIA0005"],

  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService", "DestinationRule", "ServiceEntry")) {
      // Waypoints do not read it.
      if (mayBeAmbient(mesh, object.namespace)) continue;
      for (const place of object.spec.at("exportTo").items()) {
        const namespace = place.text();
        if (namespace === undefined || [".", "*", "~"].includes(namespace) || mayExist(mesh, namespace)) continue;
        yield { object, path: place.path, message: "name a namespace that is there" };
      }
    }
  },
};
