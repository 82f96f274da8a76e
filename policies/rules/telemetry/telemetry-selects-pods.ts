import type { MeshRule } from "../../engine/rule.ts";
import { selectingIn } from "../../model/istioctl/selectors.ts";

export const telemetrySelectsPods: MeshRule = {
  id: "telemetry-selects-pods",
  title: "The selector of a Telemetry selects pods of its namespace.",
  rationale: "A Telemetry without pods changes nothing, while its author relies on it.",
  remediation:
    "Write labels of pods in this namespace into selector.matchLabels, or move the Telemetry to the namespace of the pods.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/telemetry/selector.go"],

  *checkMesh(mesh) {
    for (const { object, place, pods, isOpen } of selectingIn(mesh, "Telemetry", "selector", "matchLabels")) {
      if (pods.length > 0 || isOpen) continue;
      yield { object, path: place.path, message: "write labels that pods of this namespace have" };
    }
  },
};
