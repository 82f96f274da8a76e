import type { Field } from "../../model/field.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isAppProtocol, tellsProtocol } from "../../model/kiali/protocols.ts";
import { isMeshService } from "./lib/servicePods.ts";

export const servicePortTellsProtocol: MeshRule = {
  id: "service-port-tells-protocol",
  title: "A Service port in the mesh declares its protocol, with appProtocol or a name such as http-web.",
  rationale:
    "Otherwise Istio guesses, and treats unrecognized protocols as TCP, without routes, retries and request metrics.",
  remediation: "Name the port after its protocol, such as http-web, or set its appProtocol.",
  severity: "low",
  codes: ["KIA0601", "KIA0602"],
  sources: ["kiali/business/checkers/services/port_mapping_checker.go"],
  // Kiali only looks at Services in the mesh, and knows no exception by number; istioctl leaves those of Istio out.
  duplicateOf: "service-port-named",

  *checkMesh(mesh) {
    for (const object of mesh.all("Service")) {
      // Kiali's own wizard makes them.
      if (object.labels.at("kiali_wizard").isPresent() || !isMeshService(mesh, object)) continue;
      for (const port of object.spec.at("ports").items()) {
        const code = codeOf(port);
        if (code === undefined) continue;
        const isNamed = code === "KIA0601";
        yield {
          object,
          code,
          path: isNamed ? port.at("name").path : port.at("appProtocol").path,
          message: isNamed
            ? "name the port <protocol>-<suffix>, or set its appProtocol"
            : "use a protocol that Istio knows, such as http, http2, grpc, tcp or tls",
        };
      }
    }
  },
};

function codeOf(port: Field): "KIA0601" | "KIA0602" | undefined {
  const protocol = port.at("protocol");
  const appProtocol = port.at("appProtocol");
  const name = port.at("name");
  if (protocol.isUnknown() || protocol.string()?.toLowerCase() === "udp" || appProtocol.isUnknown()) return undefined;
  if (!appProtocol.isAbsent()) return isAppProtocol(appProtocol.string() ?? "") ? undefined : "KIA0602";
  return name.isUnknown() || tellsProtocol(name.string() ?? "") ? undefined : "KIA0601";
}
