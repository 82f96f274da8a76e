import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { areAmbient, isAmbient, namespaceOf } from "../../model/istioctl/injection.ts";
import { selectingIn } from "../../model/istioctl/selectors.ts";

export const sidecarEffective: MeshRule = {
  id: "sidecar-effective",
  title: "A Sidecar is for Pods that have a sidecar.",
  rationale: "Pods in ambient mode have none, so the Sidecar has no effect.",
  remediation:
    "Remove the Sidecar, or give its Pods a sidecar with istio-injection=enabled instead of istio.io/dataplane-mode=ambient.",
  severity: "medium",
  codes: ["IST0167"],
  sources: ["istio/pkg/config/analysis/analyzers/sidecar/selector.go"],

  *checkMesh(mesh) {
    const idle = new Set<MeshObject>();
    for (const { object, pods } of selectingIn(mesh, "Sidecar", "workloadSelector", "labels")) {
      if (pods.some((some) => areAmbient(mesh, some))) idle.add(object);
    }
    for (const object of mesh.all("Sidecar")) {
      if (object.spec.at("workloadSelector", "labels").stringMap()?.size !== 0) continue;
      if (isAmbient(namespaceOf(mesh, object.namespace))) idle.add(object);
    }
    for (const object of idle) {
      yield { object, path: "spec", message: "remove the Sidecar, or move its Pods out of ambient mode" };
    }
  },
};
