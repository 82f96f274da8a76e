import { rootNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";
import {
  acceptedModeForAll,
  isMutual,
  MESH_HOST,
  modeForHost,
  namespaceHost,
  UNSURE,
  usedModes,
} from "../../model/kiali/mutualTls.ts";

export const plainTextUsed: MeshRule = {
  id: "plain-text-used",
  title:
    "Where a PeerAuthentication disables mutual TLS for a namespace or the mesh, no DestinationRule enables it there.",
  rationale: "The clients start a TLS handshake that the servers do not understand, so every connection fails.",
  remediation: "Disable TLS in a DestinationRule for the same namespace or mesh, or use PERMISSIVE here.",
  severity: "high",
  codes: ["KIA0505", "KIA0506"],
  sources: [
    "kiali/business/checkers/peerauthentications/disabled_meshwide_checker.go",
    "kiali/business/checkers/peerauthentications/disabled_namespacewide_checker.go",
  ],

  *checkMesh(mesh) {
    const root = rootNamespace(mesh);
    for (const object of mesh.all("PeerAuthentication")) {
      const { namespace } = object;
      if (namespace === undefined || acceptedModeForAll(object) !== "DISABLE") continue;
      const isMeshWide = namespace === root;
      const own = isMeshWide ? undefined : modeForHost(mesh, namespaceHost(namespace), namespace);
      const isInMesh = usedModes(mesh, MESH_HOST, namespace).some(isMutual);
      if (own === "DISABLE" || own === UNSURE || !(isMutual(own) || isInMesh)) continue;
      yield {
        object,
        code: isMeshWide ? "KIA0506" : "KIA0505",
        path: object.spec.at("mtls").path,
        message: "disable TLS in a DestinationRule for the same namespace or mesh, or use PERMISSIVE here",
      };
    }
  },
};
