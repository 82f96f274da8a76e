// The mesh as a cluster has it, read by the one way that manifests are read.
import { readDocuments, type YamlDocument } from "../../../policies/cli/documents.ts";
import { manifestsOf } from "../../../policies/cli/manifests.ts";
import { Mesh } from "../../../policies/model/mesh.ts";
import { readWorld } from "../../../policies/model/world.ts";
import type { World } from "../../../istio/routing/world.ts";
import { kubectlOn } from "../kubectlOn.ts";

const RESOURCES = [
  "namespaces",
  "services",
  "deployments",
  "pods",
  ...["virtualservices", "destinationrules", "gateways", "serviceentries", "sidecars"].map(
    (name) => `${name}.networking.istio.io`,
  ),
  ...["peerauthentications", "authorizationpolicies"].map((name) => `${name}.security.istio.io`),
];

export async function liveWorld(kubeconfig: string): Promise<World> {
  const [list, mesh] = await Promise.all([
    kubectlOn(kubeconfig, "get", RESOURCES.join(","), "-A", "-o", "json"),
    kubectlOn(kubeconfig, "-n", "istio-system", "get", "configmap", "istio", "-o", "json"),
  ]);
  const { items } = JSON.parse(list) as { items: { kind: string; metadata: { ownerReferences?: unknown } }[] };
  const own = items.filter(({ kind, metadata }) => kind !== "Pod" || metadata.ownerReferences === undefined);
  const documents = [...own, JSON.parse(mesh)].flatMap((item, index) =>
    readDocuments(`${index}.json`, JSON.stringify(item)),
  );
  const { objects } = manifestsOf(documents as YamlDocument[]);
  return readWorld(new Mesh(objects));
}
