// Which pods a policy with a selector is for, as far as two policies are for the same.
import type { Mesh, MeshObject } from "./mesh.ts";
import { rootNamespace } from "./namespaces.ts";
import { readWorkloads, takes, type Selector } from "./workloads.ts";

/** The labels of pods that a policy selects; empty for all pods, nothing if that is not known, or if it has targetRefs. */
export function selectorOf({ spec }: MeshObject): Selector | undefined {
  const targets = [spec.at("targetRef"), spec.at("targetRefs")];
  if (targets.some((target) => !target.isAbsent())) return undefined;
  return spec.at("selector", "matchLabels").stringMap();
}

/** Whether two policies may be for the same pods. */
export function mayShareWorkloads(mesh: Mesh, one: MeshObject, other: MeshObject): boolean {
  const root = rootNamespace(mesh);
  const places = [one.namespace, other.namespace];
  const isShared = places.includes(undefined) || places.includes(root) || one.namespace === other.namespace;
  const [first, second] = [selectorOf(one), selectorOf(other)];
  if (!isShared || first === undefined || second === undefined) return isShared;
  return [...first].every(([name, value]) => (second.get(name) ?? value) === value);
}

/** Whether two policies are certainly for some of the same pods: one selects all that the other does, or declared pods. */
export function shareWorkloads(mesh: Mesh, one: MeshObject, other: MeshObject): boolean {
  const [first, second] = [selectorOf(one), selectorOf(other)];
  const namespace = one.namespace;
  if (namespace === undefined || other.namespace === undefined || first === undefined || second === undefined)
    return false;
  const root = rootNamespace(mesh);
  const [ofRoot, narrow] = namespace === root ? [one, other] : [other, one];
  if (namespace !== other.namespace && ofRoot.namespace !== root) return false;
  if (takes(first, second) || takes(second, first)) return true;
  const both = new Map([...first, ...second]);
  if (!mayShareWorkloads(mesh, one, other)) return false;
  return (
    mesh.derive(readWorkloads).selectedBy(both, narrow.namespace === root ? undefined : narrow.namespace).length > 0
  );
}
