import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import type { MeshService } from "../../../model/services.ts";
import { readWorkloads, takes, type Selector, type Workload } from "../../../model/workloads.ts";

const [REGION, ZONE, SUBZONE] = [
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "topology.istio.io/subzone",
] as const;

export interface Endpoints {
  /** Whether a service may have an endpoint with these labels, as far as is known. */
  mayHave(service: MeshService, labels: Selector): boolean;
}

/** The endpoints of services: pods with the labels that Istio adds for their node, and those that are written by hand. */
export function readEndpoints(mesh: Mesh): Endpoints {
  const workloads = mesh.derive(readWorkloads);
  const nodes = mesh.all("Node");
  const byName = new Map(nodes.map((node) => [node.id, node.labels.stringMap()]));
  const placed = workloads.all.filter(isPlaced).map((workload) => ({ workload, labels: labelsOf(workload, byName) }));

  return {
    mayHave({ object, namespace }, labels) {
      const own = object.kind === "ServiceEntry" ? object.spec.at("workloadSelector", "labels").stringMap() : NONE;
      if (own === undefined) return true;
      const all = new Map([...own, ...labels]);
      if (workloads.selectedBy(all).length > 0) return true;
      const elsewhere = new Map([...all].filter(([name]) => !isOfNode(name)));
      if (all.size > elsewhere.size) {
        // The node of a pod that does not run yet may have any place, and so may one that is not known yet.
        const isOpen = [...byName].some(([name, some]) => name === undefined || some === undefined);
        const candidates = workloads.selectedBy(elsewhere);
        if (candidates.some((some) => !isPod(some) || (isOpen && isPlaced(some)))) return true;
        if (placed.some((pods) => pods.labels === undefined || takes(all, pods.labels))) return true;
      }
      return object.kind === "ServiceEntry" && mayHaveWrittenOne(mesh, object, namespace, all);
    },
  };
}

const NONE: Selector = new Map();

function isPod({ object }: Workload): boolean {
  return object.kind === "Pod";
}

function isPlaced({ template }: Workload): boolean {
  return !template.at("spec", "nodeName").isAbsent();
}

/** A region, a zone or a host name, also what Istio adds: the cluster and the network, which no pod is labelled with. */
function isOfNode(label: string): boolean {
  return /^topology\.(kubernetes|istio)\.io\/|^kubernetes\.io\/hostname$/.test(label);
}

/** The labels of pods with those of their node; nothing if they are not known yet. */
function labelsOf({ template, labels }: Workload, nodes: ReadonlyMap<string | undefined, Selector | undefined>) {
  const name = template.at("spec", "nodeName").string();
  if (name === undefined || labels === undefined) return undefined;
  const place = nodes.get(name) ?? NONE;
  const zoned = (place.get(ZONE) ?? "") !== "";
  const added = [REGION, ZONE, ...(zoned ? [SUBZONE] : [])].flatMap((label) => {
    const value = place.get(label) ?? "";
    return value === "" ? [] : [[label, value] as const];
  });
  return new Map([...labels, ...added, ["kubernetes.io/hostname", name] as const]);
}

/** Whether an endpoint in a ServiceEntry, or a WorkloadEntry beside it, may have the labels. */
function mayHaveWrittenOne(mesh: Mesh, entry: MeshObject, namespace: string, labels: Selector): boolean {
  const mayFit = (place: Field) => {
    const own = place.stringMap();
    return own === undefined || takes(labels, own);
  };
  const endpoints = entry.spec.at("endpoints");
  const isBeside = (object: MeshObject) => object.namespace === undefined || object.namespace === namespace;
  return (
    endpoints.isUnknown() ||
    endpoints.items().some((endpoint) => mayFit(endpoint.at("labels"))) ||
    mesh.all("WorkloadEntry").some((object) => isBeside(object) && mayFit(object.spec.at("labels"))) ||
    mesh.all("WorkloadGroup").some((object) => isBeside(object) && mayFit(object.spec.at("metadata", "labels")))
  );
}
