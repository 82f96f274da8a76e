// What is one mesh. The given files are, unless some of them hold the same object: then they are alternatives, such as a folder for
// each cluster, and each alternative is a mesh with what all of them share. Each input of a test is a mesh of its own.
import * as path from "node:path";
import { groupedBy } from "../model/groups.ts";
import type { MeshObject } from "../model/mesh.ts";

/** Objects that are in one cluster together. */
export interface ObjectSet {
  /** What tells it from the others, such as a folder; empty where there is one set alone. */
  readonly name: string;
  readonly objects: readonly MeshObject[];
  /** Folders of examples: some of their files hold the same object, so that one is applied after the other. */
  readonly examples?: ReadonlySet<string>;
}

export type FileOf = (object: MeshObject) => string;

/** What the cluster knows an object by; nothing for one whose name or namespace is not known. */
export function identityOf({ kind, namespace, id }: MeshObject): string | undefined {
  return id === undefined || namespace === undefined ? undefined : [kind, namespace, id].join("/");
}

/** The objects of the same identity, where there are several. */
export function repeated(objects: readonly MeshObject[]): MeshObject[][] {
  const byIdentity = groupedBy(objects, identityOf);
  return [...byIdentity].flatMap(([identity, same]) => (identity !== undefined && same.length > 1 ? [same] : []));
}

/** Files and folders, by their paths, that hold the same object, so that they are not in one cluster together. */
type Fork = readonly string[];

/** Whether a file is in a folder for the inputs of tests, by the name that the tools of Go have for it. */
const isTestInput = (file: string) => path.dirname(file).split("/").includes("testdata");

/** The sets among the given objects. */
export function setsOf(objects: readonly MeshObject[], fileOf: FileOf): ObjectSet[] {
  const isOfTest = (object: MeshObject) => isTestInput(fileOf(object));
  const inputs = groupedBy(objects.filter(isOfTest), fileOf);
  const others = objects.filter((object) => !isOfTest(object));
  return [
    ...(others.length > 0 || inputs.size === 0 ? alternativesAmong(others, fileOf) : []),
    ...[...inputs].map(([name, objects]) => ({ name, objects })),
  ];
}

/**
 * The sets among the given objects: each alternative once, beside the last one of every other fork. There are about as many as
 * alternatives, not as their combinations.
 */
function alternativesAmong(objects: readonly MeshObject[], fileOf: FileOf): ObjectSet[] {
  const forks = forksOf(objects, fileOf);
  if (forks.length === 0) return [{ name: "", objects }];
  const files = [...new Set(objects.map(fileOf))];
  const examples = foldersOfExamples(forks, new Set(files));
  const sets = new Map<string, ObjectSet>();
  for (const name of forks.flat()) {
    const chosen = new Set(files.filter((file) => forks.every((fork) => isChosen(file, fork, name))));
    const key = [...chosen].sort().join("\n");
    if (!sets.has(key))
      sets.set(key, { name, objects: objects.filter((object) => chosen.has(fileOf(object))), examples });
  }
  return [...sets.values()];
}

/** A folder for each cluster is one thing; several files for one object in one folder are tried one after the other. */
function foldersOfExamples(forks: readonly Fork[], files: ReadonlySet<string>): ReadonlySet<string> {
  const perFile = forks.map((fork) => fork.filter((branch) => files.has(branch)));
  return new Set(perFile.filter((branches) => branches.length > 1).map(([file = ""]) => path.dirname(file)));
}

/** Whether a file is in the set of an alternative, as far as one fork says. */
function isChosen(file: string, fork: Fork, alternative: string): boolean {
  const own = fork.find((branch) => isIn(file, branch));
  return own === undefined || own === (fork.find((branch) => isIn(alternative, branch)) ?? fork.at(-1));
}

function forksOf(objects: readonly MeshObject[], fileOf: FileOf): Fork[] {
  /** By the folder that they are in. */
  const forks = new Map<string, Set<string>>();
  const split = (files: readonly string[]): void => {
    if (files.length < 2) return;
    const parts = files.map((file) => file.split("/"));
    const shared = sharedLength(parts);
    const folder = (parts[0] ?? []).slice(0, shared).join("/");
    const branches = forks.get(folder) ?? new Set();
    forks.set(folder, branches);
    const branchOf = (file: string) =>
      file
        .split("/")
        .slice(0, shared + 1)
        .join("/");
    for (const [branch, inBranch] of groupedBy(files, branchOf)) {
      branches.add(branch);
      split(inBranch);
    }
  };
  for (const same of repeated(objects)) split([...new Set(same.map(fileOf))]);
  return [...forks.values()].map((branches) => [...branches].sort());
}

/** How many folders all paths begin with. */
function sharedLength(parts: readonly (readonly string[])[]): number {
  const [first = [], ...others] = parts;
  const differs = first.findIndex((step, index) => others.some((steps) => steps[index] !== step));
  return differs < 0 ? first.length : differs;
}

/** Whether a path is another one, or below it. */
const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`);
