import { meshNetworks } from "../../model/meshConfig.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const meshNetworksRegistryKnown: MeshRule = {
  id: "mesh-networks-registry-known",
  title: "The endpoints of a network come from a registry that istiod reads.",
  rationale:
    "Endpoints of a cluster that istiod does not know belong to no network, so clients reach them directly or not at all.",
  remediation: "Set fromRegistry to a cluster whose kubeconfig is in a Secret with the label istio/multiCluster=true.",
  severity: "high",
  codes: ["IST0126"],
  sources: ["istio/pkg/config/analysis/analyzers/multicluster/meshnetworks.go"],

  *checkMesh(mesh) {
    const object = meshNetworks(mesh);
    if (object === undefined) return;
    const known = registriesIn(mesh);
    for (const [, network] of object.root.at("networks").entries()) {
      for (const endpoint of network.at("endpoints").items()) {
        const registry = endpoint.at("fromRegistry");
        const name = registry.string();
        if (name === undefined || known === undefined || known.has(name)) continue;
        yield {
          object,
          path: registry.path,
          message: "name a cluster that has a Secret with the label istio/multiCluster",
        };
      }
    }
  },
};

/** Nothing if they are not known yet; beside a Pulumi stack the Secrets of remote clusters may be made by others. */
function registriesIn(mesh: Mesh): ReadonlySet<string> | undefined {
  const known = new Set(["Mock", "Kubernetes", "External"]);
  let isOpen = mesh.options.open === true;
  for (const { labels, root } of mesh.all("Secret")) {
    const label = labels.at("istio/multiCluster");
    if (label.isUnknown()) return undefined;
    if (label.string() !== "true") continue;
    isOpen = false;
    for (const map of [root.at("data"), root.at("stringData")]) {
      if (map.isUnknown()) return undefined;
      for (const cluster of map.keys()) known.add(cluster);
    }
  }
  return isOpen ? undefined : known;
}
