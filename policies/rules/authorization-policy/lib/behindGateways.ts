// Which pods gateways send requests to, as far as all of it is declared.
import { boundTo, podsServing } from "../../../model/gatewayBindings.ts";
import { UNKNOWN, type Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { targetOf } from "../../../model/podPorts.ts";
import { routesOf, destinationsOf } from "../../../model/routes.ts";
import { readServices } from "../../../model/services.ts";
import { readWorkloads, type Workload } from "../../../model/workloads.ts";

/** Pods behind a Service to which a gateway sends requests. */
export interface Behind {
  readonly gateways: readonly Workload[];
  /** The pods of the Service; those of a subset are some of them. */
  readonly pods: readonly Workload[];
  /** On which the pods listen. */
  readonly port: number;
}

export function readBehindGateways(mesh: Mesh): readonly Behind[] {
  return mesh.all("VirtualService").flatMap((object) => {
    const bound = boundTo(mesh, object, object.spec.at("gateways"));
    const gateways = bound.flatMap(({ gateway }) => podsServing(mesh, gateway) ?? []);
    if (gateways.length === 0 || object.namespace === undefined) return [];
    const routes = routesOf(object).filter((route) => !namesGateways(route));
    return destinationsOf(routes).flatMap((destination) => {
      const target = targetIn(mesh, object, destination);
      return target === undefined ? [] : [{ gateways, ...target }];
    });
  });
}

/** Whether a route is for some of the gateways only, or may be. */
function namesGateways(route: Field): boolean {
  const matches = route.at("match");
  return matches.isUnknown() || matches.items().some((match) => !match.at("gateways").isAbsent());
}

function targetIn(
  mesh: Mesh,
  { namespace = "" }: MeshObject,
  destination: Field,
): Omit<Behind, "gateways"> | undefined {
  const host = destination.at("host").string();
  const service = host === undefined ? undefined : mesh.derive(readServices).find(host, namespace);
  if (service === undefined || service === UNKNOWN || service.object.kind !== "Service") return undefined;
  const selector = service.object.spec.at("selector").stringMap();
  if (selector === undefined || selector.size === 0) return undefined;
  const pods = mesh.derive(readWorkloads).selectedBy(selector, service.namespace);
  const number = destination.at("port", "number");
  const ports = service.object.spec.at("ports").items();
  const [port, ...others] = number.isAbsent()
    ? ports
    : ports.filter((one) => one.at("port").number() === number.number());
  const target = port === undefined || others.length > 0 ? undefined : targetOf(port, pods);
  return target === undefined || pods.length === 0 ? undefined : { pods, port: target };
}
