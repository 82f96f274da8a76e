import type { Mesh } from "../../model/mesh.ts";
import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readOpenness } from "../../model/kiali/namespaces.ts";

export const gatewayHasPods: MeshRule = {
  id: "gateway-has-pods",
  title: "The selector of a Gateway matches the Pods of a workload.",
  rationale: "Otherwise no proxy serves the hosts of the Gateway.",
  remediation: "Use the labels of the gateway's Pods.",
  severity: "medium",
  missing: true,
  codes: ["KIA0302"],
  sources: ["kiali/business/checkers/gateways/selector_checker.go"],
  // Kiali judges wherever workloads are declared; istioctl wants to see the pods of some gateway first.
  duplicateOf: "gateway-selects-pods",

  *checkMesh(mesh) {
    if (mayHideGateway(mesh)) return;
    const workloads = mesh.derive(readWorkloads);
    const names = new Set(workloads.all.flatMap(({ labels }) => [...(labels?.keys() ?? [])]));
    for (const object of mesh.all("Gateway")) {
      const place = object.spec.at("selector");
      const selector = place.stringMap();
      if (selector === undefined || workloads.selectedBy(selector).length > 0) continue;
      // Where no pods are labelled that way at all, those of the gateways are declared elsewhere.
      if (selector.size > 0 && ![...selector.keys()].some((name) => names.has(name))) continue;
      yield { object, path: place.path, message: "use the labels of the gateway's Pods" };
    }
  },
};

/** Whether the pods of a gateway may be there without being declared, or without labels that are known. */
function mayHideGateway(mesh: Mesh): boolean {
  const { all } = mesh.derive(readWorkloads);
  return all.length === 0 || all.some(({ labels }) => labels === undefined) || mesh.derive(readOpenness);
}
