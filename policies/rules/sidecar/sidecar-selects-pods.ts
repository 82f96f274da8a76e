import type { MeshRule } from "../../engine/rule.ts";
import { selectingIn } from "../../model/istioctl/selectors.ts";

export const sidecarSelectsPods: MeshRule = {
  id: "sidecar-selects-pods",
  title: "The selector of a Sidecar selects pods of its namespace.",
  rationale: "A Sidecar without pods changes nothing, while its author relies on it.",
  remediation:
    "Write labels of pods in this namespace into workloadSelector.labels, or move the Sidecar to the namespace of the pods.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/sidecar/selector.go"],

  *checkMesh(mesh) {
    for (const { object, place, pods, isOpen } of selectingIn(mesh, "Sidecar", "workloadSelector", "labels")) {
      if (pods.length > 0 || isOpen) continue;
      yield { object, path: place.path, message: "write labels that pods of this namespace have" };
    }
  },
};
