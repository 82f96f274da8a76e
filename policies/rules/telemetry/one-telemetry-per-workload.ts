import { groupedBy } from "../../model/groups.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { byPods, selectingIn } from "../../model/istioctl/selectors.ts";

export const oneTelemetryPerWorkload: MeshRule = {
  id: "one-telemetry-per-workload",
  title: "Of the Telemetries in a namespace one at most selects a pod, and one at most is for all pods.",
  rationale: "The proxies follow the older of two, and the settings of the other are lost.",
  remediation:
    "Merge the Telemetries for the same pods into one, as well as those without a selector or target, or narrow their labels.",
  severity: "high",
  codes: ["IST0159", "IST0160"],
  sources: [
    "istio/pkg/config/analysis/analyzers/telemetry/selector.go",
    "istio/pkg/config/analysis/analyzers/telemetry/default_selector.go",
  ],

  *checkMesh(mesh) {
    const contested = new Set<MeshObject>();
    for (const objects of byPods(selectingIn(mesh, "Telemetry", "selector", "matchLabels")).values()) {
      if (objects.length > 1) for (const object of objects) contested.add(object);
    }
    for (const object of contested) {
      const { path } = object.spec.at("selector");
      yield { object, code: "IST0159", path, message: "select pods that no other Telemetry selects" };
    }
    for (const [namespace, objects] of groupedBy(
      mesh.all("Telemetry").filter(isDefault),
      (object) => object.namespace,
    )) {
      if (namespace === undefined || objects.length < 2) continue;
      for (const object of objects) {
        const { path } = object.spec.at("selector");
        yield { object, code: "IST0160", path, message: "keep one Telemetry without a selector in this namespace" };
      }
    }
  },
};

/** Whether a Telemetry is for all pods of its namespace; one with a target is for that alone. */
function isDefault({ spec }: MeshObject): boolean {
  return ["selector", "targetRef", "targetRefs"].every((place) => spec.at(place).isAbsent());
}
