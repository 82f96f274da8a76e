import { isOpenNamespace } from "./namespaces.ts";
import { selects } from "../../istio/labels.ts";
import { put } from "./groups.ts";
import type { Field } from "./field.ts";
import type { Kind } from "../../istio/kinds.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "./podTemplates.ts";
import { readReleases } from "./releases.ts";

/** What runs pods, or is one; or a machine outside the cluster, which has a proxy as a pod has. */
export interface Workload {
  readonly object: MeshObject;
  /** Nothing if it is not known yet. */
  readonly namespace: string | undefined;
  /** A place with the `metadata` and `spec` of the pods. */
  readonly template: Field;
  /** Labels of the pods; nothing if one of them is not known yet. */
  readonly labels: ReadonlyMap<string, string> | undefined;
  /** Whether it is a machine of a WorkloadGroup or a WorkloadEntry: it has no containers, and is in the mesh by itself. */
  readonly isMachine?: boolean;
}

/** Labels that pods must have, by name. */
export type Selector = ReadonlyMap<string, string>;

export interface Workloads {
  /** Those with pods, without machines. */
  readonly all: readonly Workload[];
  /** The workloads, machines too, whose pods a selector takes, in one namespace or in all; an empty selector takes every pod. */
  selectedBy(selector: Selector, namespace?: string): readonly Workload[];
  /** Whether a selector may take pods that are not declared, or whose labels or namespace are not known yet. */
  mayHide(namespace?: string): boolean;
}

const RUNNING_PODS: readonly Kind[] = [...WORKLOAD_KINDS, "ReplicaSet", "ReplicationController", "Rollout"];

export function readWorkloads(mesh: Mesh): Workloads {
  const implied = mesh.derive(readReleases).flatMap(({ objects }) => objects);
  const objects = [...mesh.all(...RUNNING_PODS), ...implied.filter(({ kind }) => kind !== "Service")];
  const all = objects.map((object): Workload => {
    const template = podTemplateOf(object);
    return { object, namespace: object.namespace, template, labels: template.at("metadata", "labels").stringMap() };
  });
  const withMachines = [...all, ...machinesIn(mesh)];
  const byLabel = new Map<string, Workload[]>();
  const byNamespace = new Map<string | undefined, Workload[]>();
  for (const workload of withMachines) {
    put(byNamespace, workload.namespace, workload);
    for (const [name, value] of workload.labels ?? []) put(byLabel, `${name}=${value}`, workload);
  }
  // Many subsets have the same labels, and so do the pods of many services.
  const known = new Map<string, readonly Workload[]>();
  const unclear = withMachines.filter(({ labels, namespace }) => labels === undefined || namespace === undefined);

  return {
    all,
    selectedBy(selector, namespace) {
      const key = JSON.stringify([namespace, ...selector]);
      const before = known.get(key);
      if (before !== undefined) return before;
      // The rarest of the labels leaves the fewest to look at.
      let candidates = namespace === undefined ? withMachines : (byNamespace.get(namespace) ?? []);
      for (const [name, value] of selector) {
        const some = byLabel.get(`${name}=${value}`) ?? [];
        if (some.length < candidates.length) candidates = some;
      }
      const selected = candidates.filter(
        (workload) => (namespace === undefined || workload.namespace === namespace) && takes(selector, workload.labels),
      );
      known.set(key, selected);
      return selected;
    },
    mayHide(namespace) {
      if (namespace === undefined) return unclear.length > 0 || mesh.options.open === true;
      const here = ({ namespace: place }: Workload) => place === undefined || place === namespace;
      return isOpenNamespace(mesh, namespace) || unclear.some(here);
    },
  };
}

/** The machines that are workloads of the mesh: policies, Sidecars and Services select them by their labels, as they do pods. */
function machinesIn(mesh: Mesh): Workload[] {
  const groups = mesh
    .all("WorkloadGroup")
    .map((object) => [object, object.spec, object.spec.at("metadata", "labels")] as const);
  const entries = mesh.all("WorkloadEntry").map((object) => [object, object.spec, object.spec.at("labels")] as const);
  return [...groups, ...entries].map(([object, template, labels]) => ({
    object,
    namespace: object.namespace,
    template,
    labels: labels.stringMap(),
    isMachine: true,
  }));
}

/** Whether a selector takes pods with these labels, as far as they are known. */
export function takes(selector: Selector, labels: Workload["labels"]): boolean {
  return labels !== undefined && selects(selector, labels);
}
