// From which namespaces an object is seen, by its exportTo or the mesh's default.
import { meshConfig } from "../meshConfig.ts";
import { UNKNOWN } from "../field.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { imports } from "./imports.ts";
import { isAmbient, mayBeAmbient, readNamespaceNames } from "./namespaces.ts";

/** The namespaces that see an object; nothing for all of them. */
type Viewers = ReadonlySet<string> | typeof UNKNOWN | undefined;

const DEFAULTS: Readonly<Partial<Record<MeshObject["kind"], string>>> = {
  VirtualService: "defaultVirtualServiceExportTo",
  DestinationRule: "defaultDestinationRuleExportTo",
  ServiceEntry: "defaultServiceExportTo",
  Service: "defaultServiceExportTo",
};

/** Who sees each object of a kind that has an exportTo, worked out once an object. */
function readVisibility(mesh: Mesh): (object: MeshObject) => Viewers {
  const known = new Map<MeshObject, Viewers>();
  return (object) => {
    if (!known.has(object)) known.set(object, viewersOf(mesh, object));
    return known.get(object);
  };
}

/** Whether an object is seen from a namespace, or may be. */
export function isSeenFrom(mesh: Mesh, object: MeshObject, namespace: string): boolean {
  const viewers = mesh.derive(readVisibility)(object);
  return viewers === undefined || viewers === UNKNOWN || viewers.has(namespace);
}

/**
 * Whether the workloads of some namespace certainly follow both objects: that of one of them, or one that they are exported to. It
 * must see both, and import hosts of both.
 */
export function shareClient(mesh: Mesh, one: MeshObject, other: MeshObject): boolean {
  const read = mesh.derive(readVisibility);
  const ones = read(one);
  const others = read(other);
  if (ones === UNKNOWN || others === UNKNOWN) return false;
  const isFollowing = (namespace: string) =>
    (ones?.has(namespace) ?? true) &&
    (others?.has(namespace) ?? true) &&
    imports(mesh, namespace, one) === true &&
    imports(mesh, namespace, other) === true;
  const own = [one.namespace, other.namespace].filter((namespace) => namespace !== undefined);
  return own.some(isFollowing) || [...(ones ?? []), ...(others ?? [])].some(isFollowing);
}

function viewersOf(mesh: Mesh, object: MeshObject): Viewers {
  const { kind, namespace } = object;
  if (namespace === undefined) return UNKNOWN;
  const isService = kind === "Service";
  // Waypoints see only the objects of their own namespace.
  if (!isService && mayBeAmbient(mesh, namespace)) return isAmbient(mesh, namespace) ? new Set([namespace]) : UNKNOWN;
  const own = isService ? annotated(object) : listed(object);
  if (own === undefined) return UNKNOWN;
  const exportTo =
    own.length > 0
      ? own
      : meshConfig(mesh)
          .at(DEFAULTS[kind] ?? "")
          .strings();
  if (exportTo.length === 0 || exportTo.includes("*")) return undefined;
  const names = mesh.derive(readNamespaceNames);
  // A namespace that is not there is a mistake that is to be found, wherever one looks from.
  if (!isService && exportTo.some((to) => to !== "." && to !== "~" && !names.has(to))) return undefined;
  return new Set(exportTo.filter((to) => to !== "~").map((to) => (to === "." ? namespace : to)));
}

/** Nothing if it is unknown. */
function listed({ spec }: MeshObject): readonly string[] | undefined {
  const list = spec.at("exportTo");
  return list.isUnknown() || list.items().some((item) => item.isUnknown()) ? undefined : list.strings();
}

/** Nothing if it is unknown. */
function annotated({ annotations }: MeshObject): readonly string[] | undefined {
  const annotation = annotations.at("networking.istio.io/exportTo");
  if (annotation.isUnknown()) return undefined;
  return (annotation.string() ?? "").split(",").flatMap((part) => part.trim() || []);
}
