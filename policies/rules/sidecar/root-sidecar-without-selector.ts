import { selectorOf } from "../../model/policyScope.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const rootSidecarWithoutSelector: MeshRule = {
  id: "root-sidecar-without-selector",
  title: "The Sidecar of the root namespace, which is the default of the mesh, has no workload selector.",
  rationale: "With a selector it is no default: the workloads of the mesh go without it.",
  remediation: "Remove the selector, or put the Sidecar into the namespace of the workloads.",
  severity: "medium",
  codes: ["KIA1006"],
  sources: ["kiali/business/checkers/sidecars/global_checker.go"],

  *checkMesh(mesh) {
    const root = rootNamespace(mesh);
    for (const object of mesh.all("Sidecar")) {
      if (object.namespace !== root || selectorOf(object).keys().length === 0) continue;
      const { path } = object.spec.at("workloadSelector");
      yield { object, path, message: "remove the selector, or put the Sidecar into the namespace of the workloads" };
    }
  },
};
