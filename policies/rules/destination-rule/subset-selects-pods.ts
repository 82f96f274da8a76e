import { UNKNOWN } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { MeshService } from "../../model/services.ts";
import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { declaresPods } from "../../model/istioctl/declared.ts";
import { servicesBehind } from "../../model/istioctl/destinations.ts";
import { readEndpoints } from "./lib/endpoints.ts";

export const subsetSelectsPods: MeshRule = {
  id: "subset-selects-pods",
  title: "The labels of a subset match existing Pods.",
  rationale: "Envoy returns 503 for every request routed to a subset without Pods.",
  remediation: "Use labels of this host's Pods, such as version: v1, or deploy Pods with these labels.",
  severity: "high",
  missing: true,
  codes: ["IST0173"],
  sources: ["istio/pkg/config/analysis/analyzers/destinationrule/subset.go"],

  *checkMesh(mesh) {
    if (!declaresPods(mesh)) return;
    const endpoints = mesh.derive(readEndpoints);
    const workloads = mesh.derive(readWorkloads);
    for (const object of mesh.all("DestinationRule")) {
      const subsets = object.spec.at("subsets").items();
      const services = subsets.length === 0 ? UNKNOWN : servicesOf(mesh, object);
      if (services === UNKNOWN || services.some(({ namespace }) => workloads.mayHide(namespace))) continue;
      for (const subset of subsets) {
        const labels = subset.at("labels").stringMap();
        if (labels === undefined || services.some((service) => endpoints.mayHave(service, labels))) continue;
        const { path } = subset.at("labels");
        yield { object, path, message: "use labels of this host's Pods" };
      }
    }
  },
};

/** UNKNOWN also where there is none: that is another rule's to say. */
function servicesOf(
  mesh: Parameters<typeof servicesBehind>[0],
  { namespace, spec }: MeshObject,
): readonly MeshService[] | typeof UNKNOWN {
  const host = spec.at("host").string();
  if (namespace === undefined || host === undefined) return UNKNOWN;
  const services = servicesBehind(mesh, host, namespace, spec.at("exportTo"));
  return services === UNKNOWN || services.length === 0 ? UNKNOWN : services;
}
