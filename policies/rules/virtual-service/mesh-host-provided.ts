import { qualified } from "../../../istio/hosts.ts";
import { isForSidecars } from "../../model/gatewayBindings.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { readServices } from "../../model/services.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const meshHostProvided: MeshRule = {
  id: "mesh-host-provided",
  title: "The hosts of routes for sidecars belong to Services and ServiceEntries.",
  rationale:
    "Sidecars have routes only for service hosts, so routes for any other host, such as a misspelled one, never apply.",
  remediation:
    "Use the name of a Service, by its full name if it is in another namespace, or add a ServiceEntry for the host.",
  severity: "medium",
  missing: true,
  codes: [],

  // Istio: buildSidecarVirtualHostsForVirtualService in pilot/pkg/networking/core/route/route.go.
  *checkMesh(mesh) {
    const services = mesh.derive(readServices);
    // Who declares no services has them elsewhere.
    if (services.all.length === 0) return;
    for (const object of mesh.all("VirtualService")) {
      const { namespace, spec } = object;
      const isAtGateway = spec
        .at("gateways")
        .items()
        .some((gateway) => gateway.string() !== "mesh");
      if (namespace === undefined || isForSidecars(object) !== true || isAtGateway) continue;
      for (const place of spec.at("hosts").items()) {
        const host = place.string();
        // Of a host that the routes lead to as well, another rule says that it is not there.
        if (host === undefined || host.startsWith("*") || isDestination(object, host)) continue;
        // One that is hidden from here is there all the same.
        if (services.of(qualified(host, namespace)).length > 0 || services.find(host, namespace) !== undefined)
          continue;
        yield {
          object,
          path: place.path,
          message: "name a Service, by its full name if it is in another namespace, or add a ServiceEntry",
        };
      }
    }
  },
};

/** Whether the routes lead, or may lead, to the host. */
function isDestination({ spec }: MeshObject, host: string): boolean {
  const kinds = ["http", "tls", "tcp"].map((kind) => spec.at(kind));
  const routes = kinds.flatMap((kind) => kind.items()).map((route) => route.at("route"));
  const destinations = routes.flatMap((route) => route.items()).map((share) => share.at("destination", "host"));
  const isUnsure = [...kinds, ...routes, ...destinations].some((place) => place.isUnknown());
  return isUnsure || destinations.some((destination) => destination.string() === host);
}
