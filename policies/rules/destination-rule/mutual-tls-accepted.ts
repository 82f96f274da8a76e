import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import {
  acceptedModes,
  acceptedModesOfMesh,
  accepts,
  isAutomatic,
  MESH_HOST,
  namespaceHost,
  UNSURE,
  usedMode,
} from "../../model/kiali/mutualTls.ts";

export const mutualTlsAccepted: MeshRule = {
  id: "mutual-tls-accepted",
  title:
    "Where a DestinationRule enables mutual TLS for a namespace or the mesh, a PeerAuthentication accepts it there.",
  rationale: "Without automatic mutual TLS the servers do not expect it, and every connection fails.",
  remediation: "Add a PeerAuthentication that accepts mutual TLS for the same namespace or mesh.",
  severity: "high",
  codes: ["KIA0205", "KIA0206"],
  sources: [
    "kiali/business/checkers/destinationrules/meshwide_mtls_checker.go",
    "kiali/business/checkers/destinationrules/namespacewide_mtls_checker.go",
  ],

  *checkMesh(mesh) {
    if (isAutomatic(mesh)) return;
    for (const object of mesh.all("DestinationRule")) {
      const code = missing(mesh, object);
      if (code === undefined) continue;
      yield {
        object,
        code,
        path: object.spec.at("trafficPolicy", "tls", "mode").path,
        message: "add a PeerAuthentication that accepts mutual TLS for the same namespace or mesh",
      };
    }
  },
};

/** The code for a DestinationRule that turns mutual TLS on, but nothing accepts it. */
function missing(mesh: Mesh, object: MeshObject): "KIA0205" | "KIA0206" | undefined {
  const { namespace } = object;
  if (namespace === undefined || usedMode(object) !== "ISTIO_MUTUAL") return undefined;
  const mayAccept = (mode: string | undefined) => accepts(mode) || mode === UNSURE;
  const inMesh = acceptedModesOfMesh(mesh).some(mayAccept);
  const host = object.spec.at("host").string();
  if (host === MESH_HOST) return inMesh ? undefined : "KIA0205";
  if (host !== namespaceHost(namespace)) return undefined;
  return inMesh || acceptedModes(mesh, namespace).some(mayAccept) ? undefined : "KIA0206";
}
