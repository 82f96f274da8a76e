import { selectorOf } from "../policyScope.ts";
import { rootNamespace } from "../namespaces.ts";
import { readWorkloads } from "../workloads.ts";
import type { Kind, Mesh } from "../mesh.ts";
import type { FindingInMesh } from "../../engine/rule.ts";
import type { Labels } from "./labels.ts";

/** The findings about objects of some kinds whose selectors certainly select nothing. */
export function* findIdle(mesh: Mesh, ...kinds: readonly Kind[]): Iterable<FindingInMesh> {
  for (const object of mesh.all(...kinds)) {
    const { kind, namespace } = object;
    const place = selectorOf(object);
    const selector = place.stringMap();
    if (namespace === undefined || selector === undefined || selector.size === 0) continue;
    // A policy of the root namespace is for all namespaces.
    const isEverywhere = kind !== "Sidecar" && namespace === rootNamespace(mesh);
    if (maySelect(mesh, selector, isEverywhere ? undefined : namespace)) continue;
    yield { object, path: place.path, message: "use labels of Pods in this namespace" };
  }
}

function maySelect(mesh: Mesh, selector: Labels, namespace: string | undefined): boolean {
  const workloads = mesh.derive(readWorkloads);
  // Who declares no workloads has them elsewhere.
  if (workloads.all.length === 0 || workloads.mayHide(namespace)) return true;
  return workloads.selectedBy(selector, namespace).length > 0;
}
