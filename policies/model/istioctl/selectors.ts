import { groupedBy } from "../groups.ts";
import type { Field } from "../field.ts";
import type { Kind, Mesh, MeshObject } from "../mesh.ts";
import { readWorkloads, type Workload } from "../workloads.ts";

/** An object that selects pods of its namespace. */
export interface Selecting {
  readonly object: MeshObject;
  readonly namespace: string;
  readonly place: Field;
  readonly pods: readonly Workload[];
  /** Whether it may select pods that are not declared, or not known well enough yet. */
  readonly isOpen: boolean;
}

/** The objects of a kind that select pods, with those that they select. */
export function selectingIn(mesh: Mesh, kind: Kind, ...labelsAt: readonly string[]): Selecting[] {
  const workloads = mesh.derive(readWorkloads);
  return mesh.all(kind).flatMap((object) => {
    const { namespace } = object;
    const place = object.spec.at(...labelsAt);
    const selector = place.stringMap();
    if (namespace === undefined || selector === undefined || selector.size === 0) return [];
    const pods = workloads.selectedBy(selector, namespace);
    return [{ object, namespace, place, pods, isOpen: workloads.all.length === 0 || workloads.mayHide(namespace) }];
  });
}

/** The objects that select the same pods, by pods. */
export function byPods(selecting: readonly Selecting[]): ReadonlyMap<Workload, MeshObject[]> {
  const pairs = selecting.flatMap(({ object, pods }) => pods.map((some) => ({ object, some })));
  const groups = groupedBy(pairs, ({ some }) => some);
  return new Map([...groups].map(([pods, some]) => [pods, some.map(({ object }) => object)]));
}
