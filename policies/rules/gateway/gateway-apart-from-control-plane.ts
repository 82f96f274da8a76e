import type { Mesh } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { mayBeGateway, readGateways } from "../../model/gateways.ts";

export const gatewayApartFromControlPlane: MeshRule = {
  id: "gateway-apart-from-control-plane",
  title: "No gateway runs in the control plane's namespace, except while it moves to its own namespace.",
  rationale: "A gateway can read the Secrets in its namespace, which there include the root key of the mesh.",
  remediation: "Run the gateway in its own namespace, such as istio-ingress, together with the Secrets that it serves.",
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
      if (!moves) yield { object, path, message: "run the gateway in its own namespace" };
    }
  },
};

/** Where the root key is: the mesh's root namespace, and wherever istiod runs. */
function controlPlanes(mesh: Mesh): ReadonlySet<string> {
  const istiod = mesh.derive(readReleases).filter(({ chart }) => chart === "istiod");
  return new Set([rootNamespace(mesh), ...istiod.flatMap(({ release }) => release.namespace ?? [])]);
}
