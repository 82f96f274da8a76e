import { selectorOf } from "../policyScope.ts";
import { put } from "../groups.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { rootNamespace, isOpenNamespace } from "../namespaces.ts";
import { readWorkloads, type Workload } from "../workloads.ts";
import type { FindingInMesh } from "../../engine/rule.ts";

/** The findings about objects of a kind of which only one is for a workload. */
export function* findRivals(mesh: Mesh, kind: "PeerAuthentication" | "Sidecar"): Iterable<FindingInMesh> {
  const objects = mesh.all(kind);
  for (const object of withoutSelector(mesh, objects)) {
    const { path } = selectorOf(object);
    yield { object, code: "KIA0002", path, message: "put the settings of this namespace in one object" };
  }
  for (const object of onSameWorkload(mesh, objects)) {
    const { path } = selectorOf(object);
    yield { object, code: "KIA0003", path, message: "select these workloads in only one object" };
  }
}

/** The objects without a selector beside others of their namespace. */
function withoutSelector(mesh: Mesh, objects: readonly MeshObject[]): MeshObject[] {
  const byNamespace = new Map<string, MeshObject[]>();
  for (const object of objects) {
    const { namespace, kind } = object;
    if (namespace === undefined || selectorOf(object).stringMap()?.size !== 0) continue;
    // A Sidecar without workloads is for nobody.
    if (kind === "Sidecar" && !mesh.derive(readInhabited).has(namespace) && !isOpenNamespace(mesh, namespace)) continue;
    put(byNamespace, namespace, object);
  }
  return [...byNamespace.values()].flatMap((group) => (group.length > 1 ? group : []));
}

/** The objects that select a workload beside others of their namespace. */
function onSameWorkload(mesh: Mesh, objects: readonly MeshObject[]): Set<MeshObject> {
  const workloads = mesh.derive(readWorkloads);
  const byWorkload = new Map<Workload, Map<string, MeshObject[]>>();
  for (const object of objects) {
    const { namespace, kind } = object;
    const selector = selectorOf(object).stringMap();
    if (namespace === undefined || selector === undefined || selector.size === 0) continue;
    const isEverywhere = kind !== "Sidecar" && namespace === rootNamespace(mesh);
    for (const workload of workloads.selectedBy(selector, isEverywhere ? undefined : namespace)) {
      const byNamespace = byWorkload.get(workload) ?? new Map<string, MeshObject[]>();
      byWorkload.set(workload, byNamespace);
      put(byNamespace, namespace, object);
    }
  }
  const groups = [...byWorkload.values()].flatMap((byNamespace) => [...byNamespace.values()]);
  return new Set(groups.flatMap((group) => (group.length > 1 ? group : [])));
}

/** The namespaces with workloads. */
function readInhabited(mesh: Mesh): ReadonlySet<string | undefined> {
  return new Set(mesh.derive(readWorkloads).all.map(({ namespace }) => namespace));
}
