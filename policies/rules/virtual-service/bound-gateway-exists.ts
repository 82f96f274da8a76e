import type { MeshRule } from "../../engine/rule.ts";
import { bindingsOf } from "./lib/bindings.ts";
import { readGateways } from "./lib/gateways.ts";

export const boundGatewayExists: MeshRule = {
  id: "bound-gateway-exists",
  title: "A VirtualService names only Gateways that exist.",
  rationale: "Otherwise no gateway serves its routes, and clients get 404.",
  remediation: "Create the Gateway, or name an existing one, as <namespace>/<name> if it is in another namespace.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/gateways.go"],

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("VirtualService")) {
      for (const { place, namespace, name, isInternal } of bindingsOf(object)) {
        if (isInternal || gateways.has(namespace, name) !== false) continue;
        yield {
          object,
          path: place.path,
          message: "name an existing Gateway, as <namespace>/<name> if it is in another namespace",
        };
      }
    }
  },
};
