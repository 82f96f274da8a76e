import type { Mesh } from "../../mesh";
import { readWorkloads } from "../../model/workloads";
import type { MeshRule } from "../../rule";
import { readOpenness } from "./lib/namespaces";

export const gatewayHasPods: MeshRule = {
  id: "gateway-has-pods",
  requires: "The selector of a Gateway selects the pods of some workload.",
  because: "No proxy serves the hosts of the Gateway.",
  wayOut: "Use the labels of the gateway's pods.",
  severity: "medium",
  covers: ["KIA0302"],
  twin: "gateway-selects-pods",

  *checkMesh(mesh) {
    if (mayHideGateway(mesh)) return;
    const workloads = mesh.derive(readWorkloads);
    const names = new Set(workloads.all.flatMap(({ labels }) => [...(labels?.keys() ?? [])]));
    for (const object of mesh.all("Gateway")) {
      const place = object.spec.at("selector");
      const selector = place.textMap();
      if (selector === undefined || workloads.selectedBy(selector).length > 0) continue;
      // Where no pods are labelled that way at all, those of the gateways are declared elsewhere.
      if (selector.size > 0 && ![...selector.keys()].some((name) => names.has(name))) continue;
      yield { object, path: place.path, message: "use the labels of the gateway's pods" };
    }
  },
};

/** Whether the pods of a gateway may be there without being declared, or without labels that are known. */
function mayHideGateway(mesh: Mesh): boolean {
  const { all } = mesh.derive(readWorkloads);
  return all.length === 0 || all.some(({ labels }) => labels === undefined) || mesh.derive(readOpenness);
}
