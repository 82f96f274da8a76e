import { rootNamespace } from "../../model/namespaces.ts";
import { isOfServiceOnly } from "../../model/podPorts.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const portLevelMtlsOnPodPorts: MeshRule = {
  id: "port-level-mtls-on-pod-ports",
  title: "A PeerAuthentication names ports at which the pods listen, not those of their Service.",
  rationale:
    "A mode for the port of the Service holds for no connection: what was to be STRICT still takes plain text, and the other way round.",
  remediation: "Write the targetPort of the Service, which is the port of the container, as the key of portLevelMtls.",
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
          message: "name the port at which the pods listen: this one is the Service's",
        };
      }
    }
  },
};
