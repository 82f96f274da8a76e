// What is one mesh. The given files are, unless some of them hold the same object: then they are alternatives, such as a folder for
// each cluster, and each alternative is a mesh with what all of them share.
import * as path from "node:path";
import type { MeshObject } from "../model/mesh.ts";

/** Objects that are in one cluster together. */
export interface ObjectSet {
  /** What tells it from the others, such as a folder; empty where there is one set alone. */
  readonly name: string;
  readonly objects: readonly MeshObject[];
}

export type FileOf = (object: MeshObject) => string;

/** What the cluster knows an object by; nothing for one whose name or namespace is not known. */
export function identityOf({ kind, namespace, id }: MeshObject): string | undefined {
  return id === undefined || namespace === undefined ? undefined : [kind, namespace, id].join("/");
}

/** The objects of the same identity, where there are several. */
export function repeated(objects: readonly MeshObject[]): MeshObject[][] {
  const byIdentity = Map.groupBy(objects, identityOf);
  byIdentity.delete(undefined);
  return [...byIdentity.values()].filter((same) => same.length > 1);
}

/** The sets among the given objects. There are as many as the alternatives at the folder that has most of them. */
export function setsOf(objects: readonly MeshObject[], fileOf: FileOf): ObjectSet[] {
  return split(objects, fileOf, "");
}

function split(objects: readonly MeshObject[], fileOf: FileOf, name: string): ObjectSet[] {
  const forks = forksOf(objects, fileOf);
  const [fork] = forks;
  if (fork === undefined) return [{ name, objects }];
  const [folder, branches] = fork;
  return [...branches].sort().flatMap((branch) => {
    const others = [...branches].filter((other) => other !== branch);
    const inSet = objects.filter((object) => !others.some((other) => isIn(fileOf(object), folder, other)));
    return split(inSet, fileOf, path.join(folder, branch));
  });
}

/** By folder, from the top down, the files and folders in it that hold the same object as another one in it. */
function forksOf(objects: readonly MeshObject[], fileOf: FileOf): [folder: string, branches: Set<string>][] {
  const forks = new Map<string, Set<string>>();
  for (const same of repeated(objects)) {
    const files = [...new Set(same.map(fileOf))];
    if (files.length < 2) continue;
    const parts = files.map((file) => file.split("/"));
    const shared = sharedLength(parts);
    const folder = (parts[0] ?? []).slice(0, shared).join("/");
    const branches = forks.get(folder) ?? new Set();
    for (const steps of parts) branches.add(steps[shared] ?? "");
    forks.set(folder, branches);
  }
  return [...forks].sort(([one], [other]) => one.length - other.length);
}

/** How many folders all paths begin with. */
function sharedLength(parts: readonly (readonly string[])[]): number {
  const [first = [], ...others] = parts;
  const differs = first.findIndex((step, index) => others.some((steps) => steps[index] !== step));
  return differs < 0 ? first.length : differs;
}

function isIn(file: string, folder: string, branch: string): boolean {
  const start = folder === "" ? branch : `${folder}/${branch}`;
  return file === start || file.startsWith(`${start}/`);
}
