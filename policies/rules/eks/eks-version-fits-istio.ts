import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { clustersOf, viewOf } from "./lib/cluster.ts";
import { isUnsupported, minorOf } from "./lib/versions.ts";

export const eksVersionFitsIstio: MeshRule = {
  id: "eks-version-fits-istio",
  title: "The installed Istio supports the cluster's Kubernetes version.",
  rationale: "Istio is tested only with a few Kubernetes versions, and does not support others.",
  remediation:
    "Check the supported versions at istio.io/latest/docs/releases/supported-releases, and upgrade the cluster or Istio.",
  severity: "high",
  codes: [],

  *checkMesh(mesh) {
    const controlPlanes = mesh.derive(readReleases).filter(({ chart }) => chart === "istiod");
    if (controlPlanes.length === 0) return;
    for (const object of clustersOf(mesh)) {
      const { version } = viewOf(object);
      const kubernetes = minorOf(version.string() ?? "");
      if (kubernetes === undefined) continue;
      for (const { release } of controlPlanes) {
        const istio = minorOf(release.root.at("version").string() ?? "");
        // In Istio's source every chart is of the version 1.0.0, which tells nothing.
        if (istio === undefined || istio === 0 || !isUnsupported(istio, kubernetes)) continue;
        yield {
          object,
          path: version.path,
          message: "use a Kubernetes version that Istio supports, or another version of Istio",
        };
        break;
      }
    }
  },
};
