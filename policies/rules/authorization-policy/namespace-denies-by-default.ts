import { isForAll } from "../../model/policyScope.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace, namespacesInMesh } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { holdsGatewaysAlone } from "../../model/gateways.ts";

export const namespaceDeniesByDefault: MeshRule = {
  id: "namespace-denies-by-default",
  title: "A namespace in the mesh, or the mesh itself, denies requests that no AuthorizationPolicy allows.",
  rationale: "Without a default-deny policy, a workload that has no policy of its own accepts requests from everybody.",
  remediation: "Add an AuthorizationPolicy with an empty spec to the namespace, or to the control plane's namespace.",
  severity: "medium",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    const { places, open } = mesh.derive(readDenials);
    if (open || places.has(rootNamespace(mesh))) return;
    // Who may come in at a gateway is a matter of its hosts and load balancer.
    const isForGateways = mesh.derive(holdsGatewaysAlone);
    for (const object of namespacesInMesh(mesh)) {
      const { id } = object;
      if (id === undefined || places.has(id) || isForGateways(id)) continue;
      yield {
        object,
        path: "metadata.name",
        message: "add an AuthorizationPolicy with an empty spec to this namespace, then allow the required requests",
      };
    }
  },
};

function readDenials(mesh: Mesh) {
  const policies = mesh.all("AuthorizationPolicy");
  const denials = policies.filter((policy) => isForAll(policy) && deniesAll(policy));
  const places = new Set(denials.map(({ namespace }) => namespace));
  return { places, open: policies.some(({ hasUnread }) => hasUnread) };
}

/** It allows nothing, or denies everything: both leave it to other policies to allow something, or not. */
function deniesAll({ spec }: MeshObject): boolean {
  const rules = spec.at("rules");
  const action = spec.at("action").string() ?? "ALLOW";
  return !rules.isUnknown() && rules.items().length === 0 && (action === "ALLOW" || action === "");
}
