// What is found between files of a folder of examples. Nobody need apply them together, so it is no more than a note.
import * as path from "node:path";
import type { FindingInMesh, Rule } from "../engine/rule.ts";
import { Mesh, type MeshOptions } from "../model/mesh.ts";
import type { FileOf, ObjectSet } from "./sets.ts";

type FindingsOf = (rule: Rule, mesh: Mesh) => Iterable<FindingInMesh>;

/** Tells whether a finding in a set is there without the other examples as well. */
export function independence(
  { objects, examples = new Set() }: ObjectSet,
  fileOf: FileOf,
  findingsOf: FindingsOf,
  options: MeshOptions,
): (rule: Rule, finding: FindingInMesh) => boolean {
  const isExample = (file: string) => examples.has(path.dirname(file));
  const meshes = new Map<string, Mesh>();
  const found = new Map<string, ReadonlySet<string>>();
  const meshOf = (own: string): Mesh => {
    const mesh =
      meshes.get(own) ??
      new Mesh(
        objects.filter((object) => fileOf(object) === own || !isExample(fileOf(object))),
        options,
      );
    meshes.set(own, mesh);
    return mesh;
  };
  return (rule, finding) => {
    if (examples.size === 0) return true;
    const file = fileOf(finding.object);
    const own = isExample(file) ? file : "";
    const key = JSON.stringify([rule.id, own]);
    const there = found.get(key) ?? new Set([...findingsOf(rule, meshOf(own))].map(identityOf));
    found.set(key, there);
    return there.has(identityOf(finding));
  };
}

function identityOf({ object, path, message, missing }: FindingInMesh): string {
  return JSON.stringify([object.urn, path, message, missing]);
}
