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

/** The pods of a gateway, whose label `istio` is `ingress`. */
export const gatewayPods = (namespace: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { istio: ingress, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy }] }
`;
