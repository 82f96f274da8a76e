import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { isInjectedAsGateway } from "../../model/gateways.ts";
import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { mayBeGateway, mayBeWaypoint } from "../../model/kiali/waypoints.ts";

export const servicePortOnPods: MeshRule = {
  id: "service-port-on-pods",
  title: "The Deployment behind a Service has a container with each port that the Service sends to.",
  rationale: "Connections to the port of the Service are refused.",
  remediation: "Send to a port of a container, or add the port to the container.",
  severity: "low",
  codes: ["KIA0701"],
  sources: ["kiali/business/checkers/services/port_mapping_checker.go"],

  *checkMesh(mesh) {
    const root = rootNamespace(mesh);
    for (const object of mesh.all("Service")) {
      // The control plane has ports for its operators, and gateways make theirs from what they serve.
      if (object.namespace === root || mayBeWaypoint(object.labels) || mayBeGateway(object.labels)) continue;
      // The proxy of an injected gateway opens the ports that Gateways ask for.
      const containers = containersOf(mesh, object);
      if (containers === undefined) continue;
      for (const port of object.spec.at("ports").items()) {
        if (isServed(port, containers)) continue;
        yield {
          object,
          path: port.at(port.at("targetPort").isAbsent() ? "port" : "targetPort").path,
          message: "send to a port of a container, or add the port to the container",
        };
      }
    }
  },
};

/** The containers of the Deployments that a Service selects; nothing if there is no such Deployment. */
function containersOf(mesh: Mesh, { namespace, spec }: MeshObject): Field[] | undefined {
  const selector = spec.at("selector").stringMap();
  if (namespace === undefined || selector === undefined || selector.size === 0) return undefined;
  const workloads = mesh.derive(readWorkloads).selectedBy(selector, namespace);
  const deployments = workloads.filter(({ object }) => object.kind === "Deployment" && !isInjectedAsGateway(object));
  if (deployments.length === 0) return undefined;
  const lists = deployments.map(({ template }) => template.at("spec", "containers"));
  if (lists.some((list) => list.isUnknown())) return undefined;
  return lists.flatMap((list) => list.items());
}

function isServed(port: Field, containers: readonly Field[]): boolean {
  const target = port.at("targetPort");
  const name = target.string() ?? "";
  const number = target.number() ?? port.at("port").number();
  if (target.isUnknown() || (name === "" && number === undefined)) return true;
  return containers.some((container) => {
    const ports = container.at("ports");
    if (ports.isUnknown()) return true;
    return ports.items().some((own) => {
      const place = own.at(name === "" ? "containerPort" : "name");
      return place.isUnknown() || (name === "" ? place.number() === number : place.string() === name);
    });
  });
}
