import { selectorOf } from "../../model/policyScope.ts";
import { UNKNOWN } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isWithoutWaypoint } from "./lib/enrollment.ts";
import { readsRequests } from "./lib/layer7.ts";
import { isAmbient, labelAt } from "../../model/kiali/namespaces.ts";
import { refsOf, targetServices } from "./lib/targetRefs.ts";
import { mayBeWaypoint } from "../../model/kiali/waypoints.ts";

/** The kinds whose objects a waypoint enforces, with their codes: nothing uses a waypoint; the object is attached to none. */
const KINDS = {
  AuthorizationPolicy: { unused: "KIA0109", unattached: "KIA0110" },
  RequestAuthentication: { unused: "KIA1110", unattached: "KIA1115" },
  WasmPlugin: { unused: "KIA1111", unattached: "KIA1116" },
  Telemetry: { unused: "KIA1112", unattached: "KIA1117" },
} as const;

export const ambientPolicyUsesWaypoint: MeshRule = {
  id: "ambient-policy-uses-waypoint",
  title: "In an ambient namespace, a policy on HTTP requests is attached to a Service or Gateway that uses a waypoint.",
  rationale:
    "Without a waypoint no proxy processes HTTP in ambient mode, and waypoints ignore selectors, so the policy has no effect.",
  remediation:
    "Attach the policy to a Service or Gateway with targetRefs, and label that or its namespace with istio.io/use-waypoint.",
  severity: "medium",
  codes: Object.values(KINDS).flatMap(({ unused, unattached }) => [unused, unattached]),
  sources: [
    "kiali/business/checkers/ambient_policy_checker.go",
    "kiali/business/checkers/ambient/l7_classification.go",
  ],

  *checkMesh(mesh) {
    for (const [kind, codes] of Object.entries(KINDS)) {
      for (const object of mesh.all(kind as keyof typeof KINDS)) {
        const { namespace, spec } = object;
        if (namespace === undefined || !isAmbient(mesh, namespace) || !readsRequests(object)) continue;
        const isKnown = !spec.at("targetRef").isUnknown() && !spec.at("targetRefs").isUnknown();
        if (isKnown && refsOf(object).length === 0) {
          const { path } = spec.at("targetRefs");
          yield {
            object,
            code: codes.unattached,
            path,
            message: "attach the policy to a Service or Gateway with targetRefs",
          };
        }
        if (isUnused(mesh, object, namespace)) {
          const message = "label the namespace or the Service with istio.io/use-waypoint, and deploy the waypoint";
          yield { object, code: codes.unused, path: "spec", message };
        }
      }
    }
  },
};

/** Whether some of what an object is for is certainly not sent through a waypoint. */
function isUnused(mesh: Mesh, object: MeshObject, namespace: string): boolean {
  const services = targetServices(mesh, object, namespace);
  if (services === undefined) return false;
  if (services.length > 0) return services.some(({ labels }) => isWithoutWaypoint(mesh, labels, namespace));
  const selector = selectorOf(object).stringMap();
  if (selector === undefined) return false;
  const isNamespaceUnused = isWithoutWaypoint(mesh, undefined, namespace);
  if (selector.size === 0) return isNamespaceUnused;
  const selected = mesh
    .derive(readWorkloads)
    .selectedBy(selector, namespace)
    .map(({ template }) => template.at("metadata", "labels"))
    .filter((labels) => !mayBeWaypoint(labels));
  if (selected.length === 0) return isNamespaceUnused && !mesh.derive(readWorkloads).mayHide(namespace);
  const ambient = selected.filter((labels) => {
    const mode = labelAt(labels, "istio.io/dataplane-mode");
    return mode !== "none" && mode !== UNKNOWN;
  });
  return ambient.some((labels) => isWithoutWaypoint(mesh, labels, namespace));
}
