import { rootNamespace } from "../../model/namespaces.ts";
import { isOfServiceOnly } from "../../model/podPorts.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const portLevelMtlsOnPodPorts: MeshRule = {
  id: "port-level-mtls-on-pod-ports",
  title: "A PeerAuthentication names ports of the Pods, not of their Service.",
  rationale:
    "A mode for the Service's port applies to no connection, so a port meant to be STRICT still accepts plain text, and vice versa.",
  remediation: "Use the Service's targetPort, which is the container's port, as the key of portLevelMtls.",
  severity: "high",
  codes: [],

  // Istio: MutualTLSModeForPort, as applied to the target ports in pilot/pkg/networking/core/listener_inbound.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("PeerAuthentication")) {
      const { namespace, spec } = object;
      const selector = spec.at("selector", "matchLabels").stringMap();
      if (namespace === undefined || namespace === rootNamespace(mesh)) continue;
      if (selector === undefined || selector.size === 0) continue;
      for (const [port, place] of spec.at("portLevelMtls").entries()) {
        if (!isOfServiceOnly(mesh, selector, namespace, Number(port))) continue;
        yield {
          object,
          path: place.path,
          message: "use the port that the Pods listen on: this one is the Service's port",
        };
      }
    }
  },
};
