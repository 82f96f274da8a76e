import type { Mesh } from "../../model/mesh.ts";
import { readNamespaces, rootNamespace } from "../../model/namespaces.ts";
import { readWorkloads, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { declaresPods } from "../../model/istioctl/declared.ts";
import { areInMesh } from "../../model/istioctl/injection.ts";

export const authorizationPolicyEffective: MeshRule = {
  id: "authorization-policy-effective",
  title: "An AuthorizationPolicy selects Pods that are in the mesh.",
  rationale: "Outside the mesh no proxy enforces the policy, so requests that it denies are allowed.",
  remediation:
    "Select Pods in the mesh, or label their namespace with istio-injection=enabled or istio.io/dataplane-mode=ambient.",
  severity: "medium",
  codes: ["IST0127"],
  sources: ["istio/pkg/config/analysis/analyzers/authz/authorizationpolicies.go"],

  *checkMesh(mesh) {
    if (!declaresPods(mesh)) return;
    const root = rootNamespace(mesh);
    const members = mesh.derive(readMembership);
    const workloads = mesh.derive(readWorkloads);
    for (const object of mesh.all("AuthorizationPolicy")) {
      const { namespace, spec } = object;
      const selector = spec.at("selector");
      const matchLabels = selector.at("matchLabels");
      const labels = matchLabels.stringMap();
      // Without a selector one in the root namespace is for the whole mesh, whatever that is.
      if (namespace === undefined || labels === undefined || (namespace === root && selector.isAbsent())) continue;
      const place = namespace === root ? undefined : namespace;
      const pods = workloads.selectedBy(labels, place);
      if (workloads.mayHide(place) || pods.some((some) => members.get(some) !== false)) continue;
      const message = "select Pods with a sidecar, or add the namespace to the mesh";
      // Pods, and the label of their namespace, may be declared elsewhere.
      const isThere = pods.some((some) => mesh.derive(readNamespaces).has(some.namespace ?? ""));
      yield { object, path: matchLabels.path, message, missing: !isThere };
    }
  },
};

/** Whether pods are in the mesh; undefined for those of which that is not known yet. */
function readMembership(mesh: Mesh): ReadonlyMap<Workload, boolean | undefined> {
  return new Map(mesh.derive(readWorkloads).all.map((pods) => [pods, areInMesh(mesh, pods)]));
}
