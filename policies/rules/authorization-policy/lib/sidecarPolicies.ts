import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { rootNamespace } from "../../../model/namespaces.ts";
import { selectorOf } from "../../../model/policyTargets.ts";
import { takes, type Workload } from "../../../model/workloads.ts";

/** Whether a policy is for the proxies beside a workload; nothing if that is not known. One with targetRefs is for other proxies. */
export function isForSidecarsOf(mesh: Mesh, policy: MeshObject, { namespace, labels }: Workload): boolean | undefined {
  if (![namespace, rootNamespace(mesh), undefined].includes(policy.namespace)) return false;
  const targets = [policy.spec.at("targetRef"), policy.spec.at("targetRefs")];
  if (targets.some((target) => target.isUnknown()) || policy.namespace === undefined) return undefined;
  if (targets.some((target) => target.isPresent())) return false;
  const selector = selectorOf(policy);
  return selector === undefined ? undefined : takes(selector, labels);
}
