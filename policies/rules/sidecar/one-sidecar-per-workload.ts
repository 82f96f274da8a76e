import { groupedBy } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { areAmbient, isAmbient, namespaceOf } from "../../model/istioctl/injection.ts";
import { byPods, selectingIn } from "../../model/istioctl/selectors.ts";

export const oneSidecarPerWorkload: MeshRule = {
  id: "one-sidecar-per-workload",
  title: "At most one Sidecar in a namespace selects a Pod, and at most one has no selector.",
  rationale: "Proxies use one of them, and you do not control which one.",
  remediation: "Merge the Sidecars for the same Pods and those without a workloadSelector, or narrow their labels.",
  severity: "high",
  codes: ["IST0110", "IST0111"],
  sources: ["istio/pkg/config/analysis/analyzers/sidecar/selector.go"],

  *checkMesh(mesh) {
    const contested = new Set<MeshObject>();
    for (const [pods, objects] of byPods(selectingIn(mesh, "Sidecar", "workloadSelector", "labels"))) {
      if (objects.length > 1 && areAmbient(mesh, pods) === false) for (const object of objects) contested.add(object);
    }
    for (const object of contested) {
      const { path } = object.spec.at("workloadSelector", "labels");
      yield { object, code: "IST0110", path, message: "select Pods that no other Sidecar selects" };
    }
    for (const objects of defaultsIn(mesh)) {
      if (objects.length < 2) continue;
      for (const object of objects) {
        const { path } = object.spec.at("workloadSelector", "labels");
        yield { object, code: "IST0111", path, message: "keep one Sidecar without a selector in this namespace" };
      }
    }
  },
};

/** The Sidecars for all pods of a namespace, in namespaces where pods have sidecars. */
function defaultsIn(mesh: Mesh): MeshObject[][] {
  const defaults = mesh
    .all("Sidecar")
    .filter(({ spec }) => spec.at("workloadSelector", "labels").stringMap()?.size === 0);
  return [...groupedBy(defaults, ({ namespace }) => namespace)].flatMap(([name, objects]) =>
    isAmbient(namespaceOf(mesh, name)) === false ? [objects] : [],
  );
}
