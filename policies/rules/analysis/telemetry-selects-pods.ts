import type { MeshRule } from "../../rule";
import { selectingIn } from "./lib/selectors";

export const telemetrySelectsPods: MeshRule = {
  id: "telemetry-selects-pods",
  requires: "The selector of a Telemetry selects pods of its namespace.",
  because: "A Telemetry without pods changes nothing, while its author relies on it.",
  wayOut:
    "Write labels of pods in this namespace into selector.matchLabels, or move the Telemetry to the namespace of the pods.",
  severity: "high",
  covers: ["IST0101"],

  *checkMesh(mesh) {
    for (const { object, place, pods, isOpen } of selectingIn(mesh, "Telemetry", "selector", "matchLabels")) {
      if (pods.length > 0 || isOpen) continue;
      yield { object, path: place.path, message: "write labels that pods of this namespace have" };
    }
  },
};
