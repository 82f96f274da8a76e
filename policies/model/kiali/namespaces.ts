import { UNKNOWN, type Field } from "../field.ts";
import type { Mesh } from "../mesh.ts";
import { readNamespaces, rootNamespace, isOpenNamespace } from "../namespaces.ts";

/** Namespaces that every cluster has. */
const STANDARD = ["default", "kube-system", "kube-public", "kube-node-lease"] as const;

/** The names of the namespaces that are there: declared, or lived in by a declared object. */
export function readNamespaceNames(mesh: Mesh): ReadonlySet<string> {
  const names = new Set<string>([...STANDARD, rootNamespace(mesh), ...mesh.derive(readNamespaces).keys()]);
  for (const { namespace } of mesh.everything()) if (namespace !== undefined && namespace !== "") names.add(namespace);
  return names;
}

/** Whether something lives in a namespace, or is one, whose name is not known yet. */
function readHasUnnamed(mesh: Mesh): boolean {
  return mesh.everything().some(({ kind, id, namespace }) => (kind === "Namespace" ? id : namespace) === undefined);
}

/** Whether a namespace is there, or may be although nothing declared says so. */
export function mayExist(mesh: Mesh, namespace: string): boolean {
  // Who declares none has them elsewhere.
  if (mesh.all("Namespace").length === 0) return true;
  return (
    mesh.derive(readNamespaceNames).has(namespace) || isOpenNamespace(mesh, namespace) || mesh.derive(readHasUnnamed)
  );
}

/** Whether any namespace may hold workloads that are not declared. */
export function readOpenness(mesh: Mesh): boolean {
  return [...mesh.derive(readNamespaceNames)].some((name) => !isStandard(name) && isOpenNamespace(mesh, name));
}

function isStandard(name: string): boolean {
  return (STANDARD as readonly string[]).includes(name);
}

/** What is known of a label: its text, that it is not there, or that it is not known yet. */
export type Label = string | typeof UNKNOWN | undefined;

export function labelAt(labels: Field, name: string): Label {
  const label = labels.at(name);
  return label.isUnknown() ? UNKNOWN : label.string();
}

/** The label of a namespace, as it is declared. */
export function namespaceLabel(mesh: Mesh, namespace: string | undefined, name: string): Label {
  if (namespace === undefined) return UNKNOWN;
  const declared = mesh.derive(readNamespaces).get(namespace);
  if (declared !== undefined) return labelAt(declared.labels, name);
  return mesh.derive(readHasUnnamedNamespace) ? UNKNOWN : undefined;
}

function readHasUnnamedNamespace(mesh: Mesh): boolean {
  return mesh.all("Namespace").some(({ id }) => id === undefined);
}

/** Whether the workloads of a namespace are in the ambient mesh unless they say otherwise. */
export function isAmbient(mesh: Mesh, namespace: string | undefined): boolean {
  return modeOf(mesh, namespace) === "ambient";
}

/** Whether they are, or may be. */
export function mayBeAmbient(mesh: Mesh, namespace: string | undefined): boolean {
  const mode = modeOf(mesh, namespace);
  return mode === "ambient" || mode === UNKNOWN;
}

/** The label that says whether a namespace is in the ambient mesh. */
export function modeOf(mesh: Mesh, namespace: string | undefined): Label {
  return mesh.derive(readModes)(namespace);
}

function readModes(mesh: Mesh): (namespace: string | undefined) => Label {
  const modes = new Map<string | undefined, Label>();
  return (namespace) => {
    if (!modes.has(namespace)) modes.set(namespace, namespaceLabel(mesh, namespace, "istio.io/dataplane-mode"));
    return modes.get(namespace);
  };
}

/** Whether pods of a namespace get a sidecar unless they say otherwise; nothing if that is not known yet. */
export function isInjected(mesh: Mesh, namespace: string | undefined): boolean | undefined {
  const injection = namespaceLabel(mesh, namespace, "istio-injection");
  const revision = namespaceLabel(mesh, namespace, "istio.io/rev");
  if (injection === UNKNOWN) return undefined;
  if (injection !== undefined) return injection === "enabled";
  return revision === UNKNOWN ? undefined : (revision ?? "") !== "";
}

/** Whether a namespace is declared, and none of its labels takes its workloads into the mesh, as far as that is known. */
export function mayBeOutside(mesh: Mesh, namespace: string): boolean {
  if (!mesh.derive(readNamespaces).has(namespace)) return mesh.derive(readHasUnnamedNamespace);
  return isInjected(mesh, namespace) !== true && !isAmbient(mesh, namespace);
}
