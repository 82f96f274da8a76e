import { isForAll } from "../../model/policyScope.ts";
import type { Mesh } from "../../model/mesh.ts";
import { rootNamespace, namespacesInMesh } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const meshRequiresMtls: MeshRule = {
  id: "mesh-requires-mtls",
  title: "A PeerAuthentication in STRICT mode covers the mesh, or each namespace in it.",
  rationale: "Without one, sidecars also accept plain text from clients without an identity.",
  remediation: "Add a PeerAuthentication in STRICT mode and without a selector to the control plane's namespace.",
  severity: "high",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    const modes = mesh.derive(readModes);
    if (mesh.all("PeerAuthentication").some(({ hasUnread }) => hasUnread)) return;
    const everywhere = modes.get(rootNamespace(mesh));
    for (const object of namespacesInMesh(mesh)) {
      const { id } = object;
      if (id === undefined) continue;
      const mode = modes.get(id) ?? everywhere ?? "UNSET";
      if (mode === "STRICT") continue;
      yield {
        object,
        path: "metadata.name",
        message: "add a PeerAuthentication in STRICT mode for the mesh or for this namespace",
      };
    }
  },
};

/** The mode of the policy for all workloads, by namespace; none where it inherits. */
function readModes(mesh: Mesh): ReadonlyMap<string, string> {
  const modes = new Map<string, string>();
  for (const policy of mesh.all("PeerAuthentication").filter(isForAll)) {
    const mode = policy.spec.at("mtls", "mode").string();
    const { namespace } = policy;
    if (namespace !== undefined && mode !== undefined && mode !== "UNSET") modes.set(namespace, mode);
  }
  return modes;
}
