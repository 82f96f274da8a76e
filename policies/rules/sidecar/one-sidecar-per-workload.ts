import { groupedBy } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { areAmbient, isAmbient, namespaceOf } from "../../model/istioctl/injection.ts";
import { byPods, selectingIn } from "../../model/istioctl/selectors.ts";

export const oneSidecarPerWorkload: MeshRule = {
  id: "one-sidecar-per-workload",
  title: "Of the Sidecars in a namespace one at most selects a pod, and one at most has no selector.",
  rationale: "The proxies follow one of them, and which one that is nobody chose.",
  remediation:
    "Merge the Sidecars for the same pods into one, as well as those without a workloadSelector, or narrow their labels.",
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
      yield { object, code: "IST0110", path, message: "select pods that no other Sidecar selects" };
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
