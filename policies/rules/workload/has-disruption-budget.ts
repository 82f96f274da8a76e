import type { MeshRule } from "../../engine/rule.ts";
import { readScales } from "../../model/scale.ts";

export const hasDisruptionBudget: MeshRule = {
  id: "has-disruption-budget",
  title: "A PodDisruptionBudget covers every Deployment with several Pods.",
  rationale: "Without one, a node upgrade may evict all of them at once.",
  remediation: "Add a PodDisruptionBudget whose selector matches the Pods, or set it in the chart values.",
  severity: "medium",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const scale of mesh.derive(readScales)) {
      if (scale.least === undefined || scale.least < 2 || scale.hasBudget() !== false) continue;
      yield { object: scale.object, path: scale.place.path, message: "add a PodDisruptionBudget for these Pods" };
    }
  },
};
