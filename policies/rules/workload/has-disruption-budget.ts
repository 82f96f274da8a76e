import type { MeshRule } from "../../engine/rule.ts";
import { readScales } from "../../model/scale.ts";

export const hasDisruptionBudget: MeshRule = {
  id: "has-disruption-budget",
  title: "A PodDisruptionBudget holds for every Deployment that runs several pods.",
  rationale: "An upgrade of the nodes otherwise takes all of them away at once.",
  remediation: "Add a PodDisruptionBudget whose selector matches the pods, or set it in the values of the chart.",
  severity: "medium",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const scale of mesh.derive(readScales)) {
      if (scale.least === undefined || scale.least < 2 || scale.hasBudget() !== false) continue;
      yield { object: scale.object, path: scale.place.path, message: "add a PodDisruptionBudget for these pods" };
    }
  },
};
