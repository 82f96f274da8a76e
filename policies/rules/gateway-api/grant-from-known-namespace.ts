import type { MeshRule } from "../../engine/rule.ts";
import { mayExist } from "../../model/kiali/namespaces.ts";

export const grantFromKnownNamespace: MeshRule = {
  id: "grant-from-known-namespace",
  title: "A ReferenceGrant is for namespaces that are there.",
  rationale: "It lets nobody in, and who was meant stays out.",
  remediation: "Name a namespace that is there.",
  severity: "high",
  missing: true,
  codes: ["KIA1601"],
  sources: ["kiali/business/checkers/k8sreferencegrants/namespace_checker.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("ReferenceGrant")) {
      for (const from of object.spec.at("from").items()) {
        const place = from.at("namespace");
        const namespace = place.string();
        if (namespace === undefined || mayExist(mesh, namespace)) continue;
        yield { object, path: place.path, message: "name a namespace that is there" };
      }
    }
  },
};
