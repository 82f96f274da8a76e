// At which ports of their own pods are reached by a Service.
import { groupedBy } from "./groups.ts";
import type { Field } from "./field.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { readKubernetesServices } from "./services.ts";
import { readWorkloads, takes, type Selector, type Workload } from "./workloads.ts";

/** The containers of pods, those that start them and run beside them as well. */
export function everyContainerOf({ template }: Workload): Field[] {
  return ["containers", "initContainers"].flatMap((list) => template.at("spec", list).items());
}

/** The port of pods that a port of a Service leads to; nothing if it is not known, or is there under no such name. */
export function targetOf(port: Field, pods: readonly Workload[]): number | undefined {
  const target = port.at("targetPort");
  if (target.isUnknown()) return undefined;
  const name = target.string();
  if (name === undefined) return target.number() ?? port.at("port").number();
  if (/^\d+$/.test(name)) return Number(name);
  const own = pods.flatMap(everyContainerOf).flatMap((container) => container.at("ports").items());
  return own
    .find((place) => place.at("name").string() === name)
    ?.at("containerPort")
    .number();
}

/**
 * Whether a number is certainly that of a Service's port alone: the Service leads from it to another port of the pods, and nothing
 * says that the pods listen at this one.
 *
 * @param selector - of the pods, in one namespace
 */
export function isOfServiceOnly(mesh: Mesh, selector: Selector, namespace: string, number: number): boolean {
  const workloads = mesh.derive(readWorkloads);
  const pods = workloads.selectedBy(selector, namespace);
  const isElsewhere = (place: string | undefined) => place !== undefined && place !== namespace;
  const mayBeSelected = ({ namespace: place, labels }: Workload) =>
    !isElsewhere(place) && (labels === undefined || (place === undefined && takes(selector, labels)));
  if (workloads.all.some(mayBeSelected)) return false;
  const lists = pods.flatMap(everyContainerOf).map((container) => container.at("ports"));
  const own = lists.flatMap((list) => list.items()).map((port) => port.at("containerPort"));
  const containers = pods.flatMap(({ template }) => [template.at("spec"), template.at("spec", "containers")]);
  if ([...containers, ...lists, ...own].some((place) => place.isUnknown())) return false;
  if (own.some((port) => port.number() === number)) return false;

  const byNamespace = mesh.derive(readByNamespace);
  const services = [...(byNamespace.get(namespace) ?? []), ...(byNamespace.get(undefined) ?? [])];
  const ports: Field[] = [];
  for (const service of services) {
    const fronts = isInFront(service, selector, pods);
    if (fronts === undefined) return false;
    if (fronts) ports.push(...service.spec.at("ports").items());
    if (fronts && service.spec.at("ports").isUnknown()) return false;
  }
  const unsure = ports.flatMap((port) => [port.at("port"), port.at("targetPort")]);
  if (unsure.some((place) => place.isUnknown())) return false;
  const listening = listenersOf(mesh, namespace);
  if (listening === undefined || listening.has(number)) return false;
  const targets = ports.map((port) => targetOf(port, pods));
  if (targets.includes(number)) return false;
  return ports.some((port, index) => port.at("port").number() === number && targets[index] !== undefined);
}

/** Whether a Service leads to pods of a selector; nothing if that is not known yet. */
function isInFront(
  { spec, namespace }: MeshObject,
  selector: Selector,
  pods: readonly Workload[],
): boolean | undefined {
  const own = spec.at("selector").stringMap();
  if (own === undefined || namespace === undefined) return undefined;
  if (own.size === 0) return false;
  return pods.length > 0 ? pods.some(({ labels }) => takes(own, labels)) : takes(selector, own);
}

/** The ports that Sidecars open for what comes in; nothing if they are not known yet. */
function listenersOf(mesh: Mesh, namespace: string): ReadonlySet<number> | undefined {
  const ports = new Set<number>();
  for (const sidecar of mesh.all("Sidecar")) {
    if (sidecar.namespace !== undefined && sidecar.namespace !== namespace) continue;
    const list = sidecar.spec.at("ingress");
    const numbers = list.items().map((listener) => listener.at("port", "number"));
    if (sidecar.namespace === undefined || [list, ...numbers].some((place) => place.isUnknown())) return undefined;
    for (const number of numbers) ports.add(number.number() ?? 0);
  }
  return ports;
}

function readByNamespace(mesh: Mesh): ReadonlyMap<string | undefined, readonly MeshObject[]> {
  return groupedBy(mesh.derive(readKubernetesServices), ({ namespace }) => namespace);
}
