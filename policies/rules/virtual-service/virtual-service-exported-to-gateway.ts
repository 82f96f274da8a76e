import type { MeshRule } from "../../engine/rule.ts";
import { boundTo, isHiddenFrom, namespacesOfProxies, scopesInMesh } from "../../model/gatewayBindings.ts";

export const virtualServiceExportedToGateway: MeshRule = {
  id: "virtual-service-exported-to-gateway",
  title: "A VirtualService is exported to the namespace of the Pods of each Gateway that it is bound to.",
  rationale:
    "The namespace of the gateway's Pods, not of the Gateway object, decides what they see; without the export, clients get 404 for these hosts.",
  remediation: "Add the namespace of the gateway's Pods to exportTo, or remove exportTo.",
  severity: "high",
  codes: [],

  // Istio: PushContext.initVirtualServices and VirtualServicesForGateway in pilot/pkg/model/push_context.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      const { spec } = object;
      const scopes = scopesInMesh(mesh, object);
      const hidden = boundTo(mesh, object, spec.at("gateways")).flatMap(({ gateway }) => {
        const proxies = namespacesOfProxies(mesh, gateway);
        return proxies !== undefined && isHiddenFrom(scopes, proxies) ? [proxies] : [];
      });
      if (hidden.length === 0) continue;
      const missing = !hidden.some(({ areDeclared }) => areDeclared);
      const message =
        "add the namespace of the Pods of the gateway that it is bound to, or export it to all namespaces";
      yield { object, path: spec.at("exportTo").path, message, missing };
    }
  },
};
