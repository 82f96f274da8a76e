import { selectorOf } from "../../model/policyScope.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const rootSidecarWithoutSelector: MeshRule = {
  id: "root-sidecar-without-selector",
  title: "The Sidecar in the root namespace, which is the mesh default, has no workload selector.",
  rationale: "With a selector it is not the default, and does not apply to the other workloads of the mesh.",
  remediation: "Remove the selector, or move the Sidecar to the namespace of the workloads.",
  severity: "medium",
  codes: ["KIA1006"],
  sources: ["kiali/business/checkers/sidecars/global_checker.go"],

  *checkMesh(mesh) {
    const root = rootNamespace(mesh);
    for (const object of mesh.all("Sidecar")) {
      if (object.namespace !== root || selectorOf(object).keys().length === 0) continue;
      const { path } = object.spec.at("workloadSelector");
      yield { object, path, message: "remove the selector, or move the Sidecar to the namespace of the workloads" };
    }
  },
};
