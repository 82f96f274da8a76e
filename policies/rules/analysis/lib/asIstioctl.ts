import type { MeshObject } from "../../../mesh";
import type { Rule } from "../../../rule";

/** Namespaces of Kubernetes itself, in which istioctl finds nothing wrong. */
const PASSED_OVER = new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]);

/** The rule, without what it says of objects that belong to Kubernetes. */
export function asIstioctl(rule: Rule): Rule {
  if ("check" in rule) {
    return { ...rule, check: (object, settings) => (isPassedOver(object) ? [] : rule.check(object, settings)) };
  }
  return {
    ...rule,
    *checkMesh(mesh, settings) {
      for (const finding of rule.checkMesh(mesh, settings)) if (!isPassedOver(finding.object)) yield finding;
    },
  };
}

function isPassedOver({ kind, id, namespace }: MeshObject): boolean {
  const place = kind === "Namespace" ? id : namespace;
  return place !== undefined && PASSED_OVER.has(place);
}
