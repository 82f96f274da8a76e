import type { MeshObject } from "../../mesh";
import type { MeshRule } from "../../rule";
import { labelText, put } from "./lib/labels";

export const workloadGroupsDiffer: MeshRule = {
  id: "workload-groups-differ",
  requires: "The WorkloadGroups of a namespace give their machines different labels.",
  because: "Services and policies can not tell the machines of one group from those of the other.",
  wayOut: "Give the machines of this group a label of their own.",
  severity: "medium",
  covers: ["KIA1702"],

  *checkMesh(mesh) {
    const groups = new Map<string, MeshObject[]>();
    for (const object of mesh.all("WorkloadGroup")) {
      const { namespace, spec } = object;
      const metadata = spec.at("metadata");
      const labels = metadata.at("labels").textMap();
      if (namespace === undefined || !metadata.isPresent() || labels === undefined) continue;
      put(groups, `${namespace} ${labelText(labels)}`, object);
    }
    for (const group of groups.values()) {
      if (group.length < 2) continue;
      for (const object of group) {
        const { path } = object.spec.at("metadata", "labels");
        yield { object, path, message: "give the machines of this group a label of their own" };
      }
    }
  },
};
