import { put } from "../../model/groups.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { labelText } from "../../model/kiali/labels.ts";

export const workloadGroupsDiffer: MeshRule = {
  id: "workload-groups-differ",
  title: "The WorkloadGroups in a namespace give their machines different labels.",
  rationale: "Otherwise Services and policies cannot distinguish the machines of the two groups.",
  remediation: "Add a unique label to the machines of this group.",
  severity: "medium",
  codes: ["KIA1702"],
  sources: ["kiali/business/checkers/workloadgroups/duplicate_labels_checker.go"],

  *checkMesh(mesh) {
    const groups = new Map<string, MeshObject[]>();
    for (const object of mesh.all("WorkloadGroup")) {
      const { namespace, spec } = object;
      const metadata = spec.at("metadata");
      const labels = metadata.at("labels").stringMap();
      if (namespace === undefined || !metadata.isPresent() || labels === undefined) continue;
      put(groups, `${namespace} ${labelText(labels)}`, object);
    }
    for (const group of groups.values()) {
      if (group.length < 2) continue;
      for (const object of group) {
        const { path } = object.spec.at("metadata", "labels");
        yield { object, path, message: "add a unique label to the machines of this group" };
      }
    }
  },
};
