import type { World } from "../../../istio/routing/world.ts";
import { readDocuments, type YamlDocument } from "../../../policies/cli/documents.ts";
import { manifestsOf } from "../../../policies/cli/manifests.ts";
import { Mesh } from "../../../policies/model/mesh.ts";
import { readWorld } from "../../../policies/model/world.ts";

/** The mesh that manifests make. */
export function worldOfYaml(text: string): World {
  const documents = readDocuments("mesh.yaml", text).filter((one): one is YamlDocument => "text" in one);
  return readWorld(new Mesh(manifestsOf(documents).objects));
}

export const worldOfObjects = (objects: readonly object[]): World =>
  worldOfYaml(objects.map((object) => JSON.stringify(object)).join("\n---\n"));
