import type { MeshRule } from "../../engine/rule.ts";
import { selectingIn } from "../../model/istioctl/selectors.ts";

export const sidecarSelectsPods: MeshRule = {
  id: "sidecar-selects-pods",
  title: "The selector of a Sidecar matches Pods in its namespace.",
  rationale: "A Sidecar without Pods has no effect.",
  remediation:
    "Set workloadSelector.labels to labels of Pods in this namespace, or move the Sidecar to the namespace of the Pods.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/sidecar/selector.go"],

  *checkMesh(mesh) {
    for (const { object, place, pods, isOpen } of selectingIn(mesh, "Sidecar", "workloadSelector", "labels")) {
      if (pods.length > 0 || isOpen) continue;
      yield { object, path: place.path, message: "use labels of Pods in this namespace" };
    }
  },
};
