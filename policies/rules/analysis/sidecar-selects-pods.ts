import type { MeshRule } from "../../rule";
import { selectingIn } from "./lib/selectors";

export const sidecarSelectsPods: MeshRule = {
  id: "sidecar-selects-pods",
  requires: "The selector of a Sidecar selects pods of its namespace.",
  because: "A Sidecar without pods changes nothing, while its author relies on it.",
  wayOut:
    "Write labels of pods in this namespace into workloadSelector.labels, or move the Sidecar to the namespace of the pods.",
  severity: "high",
  covers: ["IST0101"],

  *checkMesh(mesh) {
    for (const { object, place, pods, isOpen } of selectingIn(mesh, "Sidecar", "workloadSelector", "labels")) {
      if (pods.length > 0 || isOpen) continue;
      yield { object, path: place.path, message: "write labels that pods of this namespace have" };
    }
  },
};
