import type { MeshObject } from "../model/mesh.ts";
import type { Rule } from "./rule.ts";

/** Namespaces of Kubernetes itself, in which istioctl finds nothing wrong. */
const PASSED_OVER = new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]);

/** What istiod's webhook refuses or warns of is asked of every object. */
const OF_WEBHOOK = new Set(["IST0106", "IST0133"]);

/** The rule, without what istioctl does not say of objects that belong to Kubernetes. */
export function asIstioctl(rule: Rule): Rule {
  if (!rule.codes.some((code) => code.startsWith("IST") && !OF_WEBHOOK.has(code))) return rule;
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
