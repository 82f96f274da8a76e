// What the workloads of a namespace import, by the Sidecar that holds for all of them: theirs, or that of the root namespace.
import { selectorOf } from "../policyScope.ts";
import { UNKNOWN } from "../field.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { rootNamespace } from "../namespaces.ts";
import { isWildcard, readHosts, wildcardsOver, type Host } from "./hosts.ts";
import { mayBeAmbient } from "./namespaces.ts";

interface Import {
  readonly namespace: string;
  readonly name: string;
  readonly isExcluded: boolean;
}

/** Nothing where everything is imported. */
type Imports = readonly Import[] | typeof UNKNOWN | undefined;

/** Whether the workloads of a namespace import a host of an object; nothing if that is not known yet. */
export function imports(mesh: Mesh, namespace: string, object: MeshObject): boolean | undefined {
  const list = mesh.derive(readImports)(namespace);
  if (list === UNKNOWN) return undefined;
  if (list === undefined) return true;
  const { kind, spec, namespace: own } = object;
  const places = kind === "DestinationRule" ? [spec.at("host")] : spec.at("hosts").items();
  const read = mesh.derive(readHosts);
  return places.some((place) => {
    const text = place.string();
    if (text === undefined || own === undefined) return false;
    const matching = list.filter((entry) => isMeant(entry, read(text, own), text, own));
    return matching.length > 0 && !matching.some(({ isExcluded }) => isExcluded);
  });
}

function readImports(mesh: Mesh): (namespace: string) => Imports {
  const shared = new Map<string, MeshObject>();
  /** Namespaces of Sidecars of which it is not known yet whom they are for; `undefined` stands for any. */
  const unsure = new Set<string | undefined>();
  for (const sidecar of mesh.all("Sidecar")) {
    const { namespace } = sidecar;
    const selector = selectorOf(sidecar);
    if (namespace === undefined || selector.isUnknown()) unsure.add(namespace);
    else if (selector.keys().length === 0 && !shared.has(namespace)) shared.set(namespace, sidecar);
  }
  const known = new Map<string, Imports>();
  return (namespace) => {
    if (mayBeAmbient(mesh, namespace)) return undefined;
    if ([namespace, rootNamespace(mesh), undefined].some((place) => unsure.has(place))) return UNKNOWN;
    const sidecar = shared.get(namespace) ?? shared.get(rootNamespace(mesh));
    if (sidecar === undefined) return undefined;
    if (!known.has(namespace)) known.set(namespace, importsOf(sidecar, namespace));
    return known.get(namespace);
  };
}

function importsOf({ spec }: MeshObject, namespace: string): Imports {
  const egress = spec.at("egress");
  const lists = egress.items().map((listener) => listener.at("hosts"));
  const places = lists.flatMap((list) => list.items());
  if ([egress, ...lists, ...places].some((place) => place.isUnknown())) return UNKNOWN;
  const found = places.flatMap((place) => {
    const [, mark, space, name] = /^(~?)([^/]*)\/(.*)$/.exec(place.string() ?? "") ?? [];
    if (space === undefined || name === undefined) return [];
    // A mark alone is for all namespaces.
    const from = mark === "~" && space === "" ? "*" : space;
    return [{ namespace: from === "." ? namespace : from, name, isExcluded: mark === "~" }];
  });
  return found.length === 0 ? undefined : found;
}

/** Whether an import means a host that an object of a namespace writes as `text`. */
function isMeant({ namespace, name }: Import, host: Host, text: string, own: string): boolean {
  // A host that is no Service's is of the namespace whose object has it.
  if (namespace !== "*" && namespace !== (host.isService ? host.namespace : own)) return false;
  if (name === "*" || name === text || name === host.name) return true;
  const names = host.isService ? [host.service, `${host.service}.${host.namespace}`] : [];
  if (names.includes(name) || [text, host.name].some((one) => [...wildcardsOver(one)].includes(name))) return true;
  return isWildcard(host) && [...wildcardsOver(name)].includes(host.name);
}
