import { CLUSTER_DOMAIN } from "../../../istio/hosts.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { gatewaysOf, isOldName, readGateways } from "./lib/gateways.ts";

export const namedGatewayExists: MeshRule = {
  id: "named-gateway-exists",
  title: "A VirtualService names only Gateways that exist.",
  rationale: "Otherwise no gateway serves its routes, and requests for its hosts return 404.",
  remediation: "Name an existing Gateway, as <namespace>/<name> if it is in another namespace.",
  severity: "high",
  missing: true,
  codes: ["KIA1102"],
  sources: ["kiali/business/checkers/virtualservices/no_gateway_checker.go"],
  // Kiali also reads the gateways of matches, and names with one dot in its own way.
  duplicateOf: "bound-gateway-exists",

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("VirtualService")) {
      const { namespace } = object;
      if (namespace === undefined) continue;
      for (const place of gatewaysOf(object)) {
        const gateway = place.string();
        if (gateway === undefined || gateway === "mesh" || gateways.has(...parts(gateway, namespace)) !== false)
          continue;
        yield {
          object,
          path: place.path,
          message: "name an existing Gateway, as <namespace>/<name> if it is in another namespace",
        };
      }
    }
  },
};

/** The namespace and the name of a gateway, as Kiali reads them. */
function parts(gateway: string, namespace: string): readonly [namespace: string, name: string] {
  if (isOldName(gateway)) {
    const [name = "", place = "", ...domain] = gateway.split(".");
    // Anything but the cluster's domain after it is no name of a gateway.
    return domain.length > 0 && domain.join(".") !== CLUSTER_DOMAIN ? ["", gateway] : [place, name];
  }
  const [place = "", name] = gateway.split("/");
  return name === undefined ? [namespace, gateway] : [place, name];
}
