import type { MeshRule } from "../../rule";
import { mayExist } from "./lib/namespaces";

export const grantFromKnownNamespace: MeshRule = {
  id: "grant-from-known-namespace",
  requires: "A ReferenceGrant is for namespaces that are there.",
  because: "It lets nobody in, and who was meant stays out.",
  wayOut: "Name a namespace that is there.",
  severity: "high",
  covers: ["KIA1601"],

  *checkMesh(mesh) {
    for (const object of mesh.all("ReferenceGrant")) {
      for (const from of object.spec.at("from").items()) {
        const place = from.at("namespace");
        const namespace = place.text();
        if (namespace === undefined || mayExist(mesh, namespace)) continue;
        yield { object, path: place.path, message: "name a namespace that is there" };
      }
    }
  },
};
