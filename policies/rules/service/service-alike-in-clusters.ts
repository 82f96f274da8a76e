import { groupedBy } from "../../model/groups.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const serviceAlikeInClusters: MeshRule = {
  id: "service-alike-in-clusters",
  title: "A Service that exists in several clusters of a mesh is the same in all of them.",
  rationale: "Istio merges them into one service, and sends requests to ports that some of its Pods do not have.",
  remediation:
    "Copy the type, ports and any clusterIP: None from one cluster to the others, or rename the Service in one of them.",
  severity: "medium",
  codes: ["IST0170"],
  sources: ["istio/pkg/config/analysis/analyzers/multicluster/service.go"],

  *checkMesh(mesh) {
    const services = mesh.all("Service").filter(({ id, namespace }) => id !== undefined && namespace !== undefined);
    for (const copies of groupedBy(services, ({ id, namespace }) => `${namespace ?? ""}/${id ?? ""}`).values()) {
      const shapes = copies.map(shapeOf);
      const [first] = shapes;
      if (shapes.includes(undefined)) continue;
      for (const [index, object] of copies.entries()) {
        if (index === 0 || shapes[index] === first) continue;
        yield {
          object,
          path: "spec",
          message: "use the same type and ports as the Service in the other cluster",
        };
      }
    }
  },
};

/** What must be the same everywhere; nothing if it is not known yet. */
function shapeOf({ spec }: MeshObject): string | undefined {
  const [type, address, list] = [spec.at("type"), spec.at("clusterIP"), spec.at("ports")];
  if (type.isUnknown() || address.isUnknown() || list.isUnknown()) return undefined;
  const ports = list.items().map((port) => port.data());
  if (ports.includes(undefined)) return undefined;
  const rows = ports.map((port) => JSON.stringify(rowOf(port ?? {})));
  return JSON.stringify([type.string() ?? "ClusterIP", address.string() === "None", rows.toSorted()]);
}

/** A port with what Kubernetes puts in by itself. */
function rowOf(port: { readonly port?: unknown }): unknown {
  const full = { protocol: "TCP", targetPort: port.port, ...port };
  return Object.entries(full).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
