import type { Mesh } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { mayBeGateway, readGateways } from "../../model/gateways.ts";

export const gatewayApartFromControlPlane: MeshRule = {
  id: "gateway-apart-from-control-plane",
  title: "No gateway runs in the namespace of the control plane, but for one on its way to a namespace of its own.",
  rationale:
    "A gateway may read the Secrets of its namespace, for its certificates: there, the mesh's root key is among them.",
  remediation: "Run the gateway in a namespace of its own, such as istio-ingress, with the Secrets that it serves.",
  severity: "high",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    const places = mesh.derive(controlPlanes);
    const gateways = mesh.derive(readGateways);
    const unclear = mesh.all("Release").filter(mayBeGateway);
    for (const object of gateways) {
      const { id, kind, namespace } = object;
      if (id === undefined || namespace === undefined || !places.has(namespace)) continue;
      // One whose name, namespace or chart is not known yet may be the new one.
      const moves = [...gateways, ...unclear].some(
        (other) => [id, undefined].includes(other.id) && !places.has(other.namespace ?? ""),
      );
      const path = kind === "Release" ? "namespace" : "metadata.namespace";
      if (!moves) yield { object, path, message: "give the gateway a namespace of its own" };
    }
  },
};

/** Where the root key is: the mesh's root namespace, and wherever istiod runs. */
function controlPlanes(mesh: Mesh): ReadonlySet<string> {
  const istiod = mesh.derive(readReleases).filter(({ chart }) => chart === "istiod");
  return new Set([rootNamespace(mesh), ...istiod.flatMap(({ release }) => release.namespace ?? [])]);
}
