import type { MeshRule } from "../../engine/rule.ts";
import { bindingsOf } from "./lib/bindings.ts";
import { readGateways } from "./lib/gateways.ts";

export const boundGatewayExists: MeshRule = {
  id: "bound-gateway-exists",
  title: "A VirtualService names only gateways that are there.",
  rationale: "Its routes otherwise appear at no gateway, and clients get 404.",
  remediation: "Create the Gateway, or name one that is there, as <namespace>/<name> if it is in another namespace.",
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
          message: "name a Gateway, as <namespace>/<name> if it is in another namespace",
        };
      }
    }
  },
};
