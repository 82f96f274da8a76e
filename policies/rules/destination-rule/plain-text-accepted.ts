import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import {
  acceptedModes,
  acceptedModesOfMesh,
  accepts,
  MESH_HOST,
  namespaceHost,
  UNSURE,
  usedMode,
} from "../../model/kiali/mutualTls.ts";

export const plainTextAccepted: MeshRule = {
  id: "plain-text-accepted",
  title:
    "Where a DestinationRule disables TLS for a namespace or the mesh, no PeerAuthentication requires mutual TLS there.",
  rationale: "The clients send plain text, which the servers reject, so every connection fails.",
  remediation: "Set the PeerAuthentication to PERMISSIVE, or use ISTIO_MUTUAL here.",
  severity: "high",
  codes: ["KIA0207", "KIA0208"],
  sources: [
    "kiali/business/checkers/destinationrules/disabled_meshwide_mtls_checker.go",
    "kiali/business/checkers/destinationrules/disabled_namespacewide_mtls_checker.go",
  ],

  *checkMesh(mesh) {
    for (const object of mesh.all("DestinationRule")) {
      const code = refusal(mesh, object);
      if (code === undefined) continue;
      yield {
        object,
        code,
        path: object.spec.at("trafficPolicy", "tls", "mode").path,
        message: "set the PeerAuthentication to PERMISSIVE, or use ISTIO_MUTUAL here",
      };
    }
  },
};

/** The code for a DestinationRule that turns TLS off where it is demanded, by the namespace or by the mesh. */
function refusal(mesh: Mesh, object: MeshObject): "KIA0207" | "KIA0208" | undefined {
  const { namespace } = object;
  if (namespace === undefined || usedMode(object) !== "DISABLE") return undefined;
  const host = object.spec.at("host").string();
  if (host === namespaceHost(namespace)) {
    const modes = acceptedModes(mesh, namespace);
    const accepted = modes.find(accepts);
    if (modes.includes(UNSURE)) return undefined;
    if (accepted !== undefined) return accepted === "STRICT" ? "KIA0207" : undefined;
    if (modes.includes("DISABLE")) return undefined;
  } else if (host !== MESH_HOST) {
    return undefined;
  }
  return acceptedModesOfMesh(mesh).includes("STRICT") ? "KIA0208" : undefined;
}
