import type { Mesh, MeshObject } from "../../mesh";
import { rootNamespace } from "../../model/namespaces";
import { chartOf, readReleases } from "../../model/releases";
import type { MeshRule } from "../../rule";
import { podTemplateOf, WORKLOAD_KINDS } from "../../workloads";

export const gatewayApartFromControlPlane: MeshRule = {
  id: "gateway-apart-from-control-plane",
  requires: "No gateway runs in the namespace of the control plane, but for one on its way to a namespace of its own.",
  because:
    "A gateway may read the Secrets of its namespace, for its certificates: there, the mesh's root key is among them.",
  wayOut: "Run the gateway in a namespace of its own, such as istio-ingress, with the Secrets that it serves.",
  severity: "high",
  environment: true,
  covers: [],

  *checkMesh(mesh) {
    const places = mesh.derive(controlPlanes);
    const gateways = mesh.derive(readGateways);
    const unclear = mesh.all("Release").filter(isUnclear);
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

const isUnclear = ({ root }: MeshObject) =>
  root.at("chart").isUnknown() || root.at("repositoryOpts", "repo").isUnknown();

/** Releases of the chart, and workloads whose pods are injected as gateways. */
function readGateways(mesh: Mesh): readonly MeshObject[] {
  const releases = mesh.all("Release").filter((release) => chartOf(release) === "gateway" && !isUnclear(release));
  const workloads = mesh.all(...WORKLOAD_KINDS).filter((object) => {
    const template = podTemplateOf(object).at("metadata", "annotations", "inject.istio.io/templates").text();
    return template?.split(",").includes("gateway") === true;
  });
  return [...releases, ...workloads];
}
