import { isOpenNamespace } from "../../model/namespaces.ts";
import { groupedBy } from "../../model/groups.ts";
import type { Mesh } from "../../model/mesh.ts";
import { readKubernetesServices } from "../../model/services.ts";
import { takes, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { declaresServices } from "../../model/istioctl/declared.ts";
import { podsOfGateway } from "../../model/istioctl/gatewayPods.ts";

export const gatewayPortOnService: MeshRule = {
  id: "gateway-port-on-service",
  title: "Each port of a Gateway is open on a Service for its Pods.",
  rationale: "Otherwise the Pods listen on the port but receive no traffic, and clients time out.",
  remediation: "Add the port to the Service of the gateway's Pods, or use one of the Service's ports in the Gateway.",
  severity: "medium",
  codes: ["IST0162"],
  sources: ["istio/pkg/config/analysis/analyzers/gateway/gateway.go"],

  *checkMesh(mesh) {
    if (!declaresServices(mesh)) return;
    for (const object of mesh.all("Gateway")) {
      const gateway = podsOfGateway(mesh, object);
      if (gateway === undefined || gateway.pods.length === 0) continue;
      const ports = portsBefore(mesh, gateway.pods);
      if (ports === undefined) continue;
      for (const server of object.spec.at("servers").items()) {
        const port = server.at("port");
        const number = port.at("number");
        if (port.isAbsent() || number.isUnknown() || ports.has(number.number() ?? 0)) continue;
        yield {
          object,
          path: number.path,
          message: "use a port of the gateway's Service, or add this port to the Service",
        };
      }
    }
  },
};

/** The ports of the Services in front of pods, and those that they lead to; nothing if one of them is not known yet. */
function portsBefore(mesh: Mesh, pods: readonly Workload[]): ReadonlySet<number> | undefined {
  const ports = new Set<number>();
  const services = mesh.derive(servicesByNamespace);
  for (const { namespace, labels } of pods) {
    if (namespace === undefined || isOpenNamespace(mesh, namespace) || services.has(undefined)) return undefined;
    for (const { spec } of services.get(namespace) ?? []) {
      const selector = spec.at("selector").stringMap();
      if (selector === undefined) return undefined;
      if (!takes(selector, labels)) continue;
      const list = spec.at("ports");
      if (list.isUnknown()) return undefined;
      for (const port of list.items()) {
        const [number, target] = [port.at("port"), port.at("targetPort")];
        if (number.isUnknown() || target.isUnknown()) return undefined;
        if ((port.at("protocol").string() ?? "TCP") !== "TCP") continue;
        for (const some of [number.number(), Number(target.number() ?? target.string())]) if (some) ports.add(some);
      }
    }
  }
  return ports;
}

function servicesByNamespace(mesh: Mesh) {
  return groupedBy(mesh.derive(readKubernetesServices), ({ namespace }) => namespace);
}
