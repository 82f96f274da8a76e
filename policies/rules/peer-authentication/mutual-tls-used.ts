import { rootNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";
import {
  acceptedModeForAll,
  isAutomatic,
  MESH_HOST,
  namespaceHost,
  UNSURE,
  usedModes,
} from "../../model/kiali/mutualTls.ts";

export const mutualTlsUsed: MeshRule = {
  id: "mutual-tls-used",
  title:
    "Where a PeerAuthentication requires mutual TLS for a namespace or the mesh, a DestinationRule enables it there.",
  rationale: "Without automatic mutual TLS the clients send plain text, which the servers reject.",
  remediation: "Add a DestinationRule with TLS mode ISTIO_MUTUAL for the same namespace or mesh.",
  severity: "high",
  codes: ["KIA0401", "KIA0501"],
  sources: [
    "kiali/business/checkers/peerauthentications/mesh_mtls_checker.go",
    "kiali/business/checkers/peerauthentications/namespace_mtls_checker.go",
  ],

  *checkMesh(mesh) {
    if (isAutomatic(mesh)) return;
    const root = rootNamespace(mesh);
    for (const object of mesh.all("PeerAuthentication")) {
      const { namespace } = object;
      if (namespace === undefined || acceptedModeForAll(object) !== "STRICT") continue;
      const hosts = namespace === root ? [MESH_HOST] : [namespaceHost(namespace), MESH_HOST];
      if (hosts.flatMap((host) => usedModes(mesh, host, namespace)).some(mayBeMutual)) continue;
      yield {
        object,
        code: namespace === root ? "KIA0401" : "KIA0501",
        path: object.spec.at("mtls").path,
        message: "add a DestinationRule with TLS mode ISTIO_MUTUAL for the same namespace or mesh",
      };
    }
  },
};

function mayBeMutual(mode: string | undefined): boolean {
  return mode === "ISTIO_MUTUAL" || mode === UNSURE;
}
