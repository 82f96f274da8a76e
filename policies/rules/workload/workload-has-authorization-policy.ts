import { selectorOf } from "../../model/policyScope.ts";
import type { Mesh } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { readWorkloads, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { hasSidecar } from "../../model/kiali/inMesh.ts";
import { mayBeOutside } from "../../model/kiali/namespaces.ts";

export const workloadHasAuthorizationPolicy: MeshRule = {
  id: "workload-has-authorization-policy",
  title: "Every workload has an AuthorizationPolicy in its namespace or in the mesh.",
  rationale: "Without one, the workload accepts requests from everybody.",
  remediation: "Add an AuthorizationPolicy for this workload, or a default-deny policy to its namespace.",
  severity: "low",
  codes: ["KIA1301"],
  sources: ["kiali/business/checkers/workloads/uncovered_workload_checker.go"],

  *checkMesh(mesh) {
    const { selected, namespaces } = readCovered(mesh);
    if (namespaces.has("*")) return;
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object, namespace, labels, template } = workload;
      if (object.urn === "" || namespace === undefined || labels === undefined || !isMeant(mesh, workload)) continue;
      if (selected.has(workload) || namespaces.has(namespace)) continue;
      yield {
        object,
        path: template.at("metadata", "labels").path,
        message: "add an AuthorizationPolicy for this workload, or a default-deny policy to its namespace",
      };
    }
  },
};

/** The workloads that policies are for, one by one and by namespace; `*` stands for all namespaces. */
function readCovered(mesh: Mesh) {
  const root = rootNamespace(mesh);
  const selected = new Set<Workload>();
  const namespaces = new Set<string>();
  for (const policy of mesh.all("AuthorizationPolicy")) {
    const place = policy.namespace === root ? "*" : (policy.namespace ?? "*");
    const selector = selectorOf(policy).stringMap();
    if (selector === undefined || selector.size === 0) {
      namespaces.add(place);
      continue;
    }
    const workloads = mesh.derive(readWorkloads).selectedBy(selector, place === "*" ? undefined : place);
    for (const workload of workloads) selected.add(workload);
  }
  return { selected, namespaces };
}

/** Whether a workload is not declared to be outside the mesh, where no policy has an effect. */
function isMeant(mesh: Mesh, workload: Workload): boolean {
  return hasSidecar(mesh, workload) === true || !mayBeOutside(mesh, workload.namespace ?? "");
}
