// Which pods the subsets of DestinationRules select.
import { isOpenNamespace } from "../../../model/namespaces.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { readWorkloads } from "../../../model/workloads.ts";
import { lacksHost } from "./apps.ts";
import { isWildcard, readHosts, serviceAndNamespace, type Host } from "../../../model/kiali/hosts.ts";
import { LabelIndex, type Labels } from "../../../model/kiali/labels.ts";
import { readRegistry } from "../../../model/kiali/registry.ts";
import { destinationsOf, ROUTE_LISTS, routesOf } from "../../../model/routes.ts";

/** A subset that certainly selects no pods, or that selects all for lack of labels. */
export interface OddSubset {
  readonly object: MeshObject;
  readonly place: Field;
  readonly lacks: "pods" | "labels";
  /** Whether a VirtualService routes to it; nothing if that is not known yet. */
  readonly isRouted: boolean | undefined;
}

export function readOddSubsets(mesh: Mesh): readonly OddSubset[] {
  const read = mesh.derive(readHosts);
  return mesh.all("DestinationRule").flatMap((object) => {
    const { namespace, spec } = object;
    const name = spec.at("host").string();
    if (namespace === undefined || name === undefined) return [];
    const host = read(name, namespace);
    if (lacksHost(mesh, host, namespace)) return [];
    return spec
      .at("subsets")
      .items()
      .flatMap((place) => {
        const labels = place.at("labels").stringMap();
        if (labels === undefined || (labels.size > 0 && selectsPods(mesh, host, labels))) return [];
        const isRouted = mesh.derive(readRouted)(host, place.at("name"));
        return [{ object, place, lacks: labels.size > 0 ? "pods" : "labels", isRouted } as const];
      });
  });
}

/** Whether there are, or may be, pods or endpoints behind a host with these labels. */
function selectsPods(mesh: Mesh, host: Host, labels: Labels): boolean {
  if (isWildcard(host)) return true;
  const [service, namespace] = serviceAndNamespace(host);
  const workloads = mesh.derive(readWorkloads);
  const endpoints = mesh.derive(readEndpoints);
  // Who declares nothing that a subset could select has it elsewhere.
  if (workloads.all.length === 0 && endpoints.index.size === 0) return true;
  const registry = mesh.derive(readRegistry);
  const found = registry.service(service, namespace);
  const selector = found?.spec.at("selector").stringMap();
  if (found === undefined ? registry.mayBeHidden(host) : selector === undefined) return true;
  if (selector !== undefined && selector.size > 0) {
    if (workloads.mayHide(namespace) || hasConflict(selector, labels)) return workloads.mayHide(namespace);
    return workloads.selectedBy(new Map([...selector, ...labels]), namespace).length > 0;
  }
  return isOpenNamespace(mesh, namespace) || endpoints.isOpen || endpoints.index.selects(labels);
}

function hasConflict(one: Labels, other: Labels): boolean {
  return [...one].some(([key, value]) => (other.get(key) ?? value) !== value);
}

/** The endpoints that ServiceEntries list, and those that they select. */
function readEndpoints(mesh: Mesh) {
  const index = new LabelIndex();
  const entries = mesh.all("ServiceEntry");
  const lists = entries.map(({ spec }) => spec.at("endpoints"));
  const places = lists.flatMap((list) => list.items()).map((endpoint) => endpoint.at("labels"));
  const isSelecting = entries.some(({ spec }) => !spec.at("workloadSelector").isAbsent());
  if (isSelecting) places.push(...mesh.all("WorkloadEntry").map(({ spec }) => spec.at("labels")));
  const pods = isSelecting ? mesh.derive(readWorkloads).all.map(({ labels }) => labels) : [];
  const known = [...places.map((labels) => labels.stringMap()), ...pods];
  for (const labels of known) if (labels !== undefined) index.add(labels);
  return { index, isOpen: lists.some((list) => list.isUnknown()) || known.includes(undefined) };
}

/** Answers whether a VirtualService routes to a subset of a host; nothing if that is not known yet. */
function readRouted(mesh: Mesh): (host: Host, subset: Field) => boolean | undefined {
  const read = mesh.derive(readHosts);
  const routed = new Set<string>();
  let isOpen = false;
  for (const object of mesh.all("VirtualService")) {
    const { namespace, spec } = object;
    const routes = routesOf(object);
    const destinations = destinationsOf(routes);
    const places = [spec, ...ROUTE_LISTS.map((name) => spec.at(name)), ...routes.map((route) => route.at("route"))];
    const named = destinations.flatMap((destination) => [destination.at("host"), destination.at("subset")]);
    isOpen ||= namespace === undefined || [...places, ...named].some((place) => place.isUnknown());
    for (const destination of destinations) {
      const host = destination.at("host").string();
      if (host === undefined || namespace === undefined) continue;
      routed.add(`${read(host, namespace).name} ${destination.at("subset").string() ?? ""}`);
    }
  }
  return (host, subset) => {
    const isRouted = routed.has(`${host.name} ${subset.string() ?? ""}`);
    return subset.isUnknown() || (isOpen && !isRouted) ? undefined : isRouted;
  };
}
