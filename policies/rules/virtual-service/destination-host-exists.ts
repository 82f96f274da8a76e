import { UNKNOWN, type Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { portsOf, type MeshService } from "../../model/services.ts";
import { scopesOf } from "../../model/visibility.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { declaresServices } from "../../model/istioctl/declared.ts";
import { allDestinationsOf, servicesBehind } from "../../model/istioctl/destinations.ts";

export const destinationHostExists: MeshRule = {
  id: "destination-host-exists",
  title: "A route leads to a host and a port of a Service or a ServiceEntry.",
  rationale: "Envoy returns 503 for every request routed to a host or port that the mesh does not know.",
  remediation:
    "Use a host and a port of a Service, by its full name if it is in another namespace, or add a ServiceEntry that has them.",
  missing: true,
  severity: "critical",
  codes: ["IST0101", "IST0112"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/destinationhosts.go"],

  *checkMesh(mesh) {
    if (!declaresServices(mesh)) return;
    for (const object of mesh.all("VirtualService")) {
      const { namespace, spec } = object;
      if (namespace === undefined) continue;
      for (const destination of allDestinationsOf(object)) {
        const host = destination.at("host");
        const name = host.string();
        if (name === undefined) continue;
        const services = servicesBehind(mesh, name, namespace, spec.at("exportTo"));
        if (services === UNKNOWN) continue;
        if (services.length === 0) {
          const message =
            "name a Service, by its full name if it is in another namespace, or add a ServiceEntry for this host";
          yield { object, code: "IST0101", path: host.path, message };
        } else {
          if (!services.every(isEntry) || !mesh.derive(hasUnclearEntry))
            yield* wrongPort(object, destination, services);
        }
      }
    }
  },
};

function* wrongPort(object: MeshObject, destination: Field, services: readonly MeshService[]): Iterable<FindingInMesh> {
  const lists = services.map((service) => service.object.spec.at("ports"));
  if (lists.filter((list) => list.isUnknown()).length > 0) return;
  const ports = services.map((service) => portsOf(service));
  const port = destination.at("port");
  if (port.isAbsent()) {
    if (!ports.every((some) => some.length > 1)) return;
    yield { object, code: "IST0112", path: port.path, message: "use one of the ports of the host" };
    return;
  }
  const number = port.at("number");
  if (number.isUnknown()) return;
  const offered = ports.flat();
  if (offered.some(({ place }) => place.at("number").isUnknown() || place.at("port").isUnknown())) return;
  if (offered.some((some) => some.number === (number.number() ?? 0))) return;
  yield { object, code: "IST0101", path: number.path, message: "set a port of the host" };
}

function isEntry({ object }: MeshService): boolean {
  return object.kind === "ServiceEntry";
}

/** Whether a ServiceEntry may be for any host, since its host is not known yet, or who sees it. */
function hasUnclearEntry(mesh: Mesh): boolean {
  return mesh.all("ServiceEntry").some(({ spec, namespace }) => {
    const hosts = spec.at("hosts");
    const places = [hosts, ...hosts.items()];
    const isOpen = namespace === undefined || scopesOf(spec.at("exportTo"), namespace) === UNKNOWN;
    return isOpen || places.some((place) => place.isUnknown());
  });
}
