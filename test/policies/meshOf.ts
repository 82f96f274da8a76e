import { Mesh, type MeshOptions } from "../../policies/model/mesh.ts";
import { meshObject, tokenOf, type Manifest } from "./judge.ts";

/** What one writes of an object whose API version is always the same. */
export type Described = readonly [kind: string, id: string, namespace?: string | undefined, rest?: object];

const GROUPS: Readonly<Record<string, string>> = {
  ConfigMap: "v1",
  Namespace: "v1",
  Node: "v1",
  Pod: "v1",
  Service: "v1",
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  CronJob: "batch/v1",
  DestinationRule: "networking.istio.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
};

/** A mesh of objects. @throws if an object is of a kind whose API version is not listed above */
export function meshOf(objects: readonly Described[], options?: MeshOptions): Mesh {
  return new Mesh(objects.map(objectOf), options);
}

function objectOf([kind, id, namespace, rest = {}]: Described) {
  if (kind === "Release") {
    const release = { name: id, ...(namespace !== undefined && { namespace }), ...rest };
    return meshObject("kubernetes:helm.sh/v3:Release", id, release);
  }
  const apiVersion = GROUPS[kind];
  if (apiVersion === undefined) throw new Error(`meshOf does not know ${kind}`);
  const { metadata, ...others } = rest as { metadata?: object };
  const manifest: Manifest = { apiVersion, kind, metadata: { name: id, namespace, ...metadata }, ...others };
  return meshObject(tokenOf(manifest), id, JSON.parse(JSON.stringify(manifest)) as object);
}
