import type { MeshObject } from "../../model/mesh.ts";
import { chartOf, chartVersionOf } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const istioVersionsAgree: MeshRule = {
  id: "istio-versions-agree",
  title: "All Istio releases have the version of a control plane installed with them.",
  rationale: "A gateway, CNI plugin or base chart with a different version than istiod is an untested combination.",
  remediation:
    "Use the version of istiod for every release, or install a second istiod with a revision to upgrade step by step.",
  severity: "high",
  codes: [],

  *checkMesh(mesh) {
    const releases = mesh.all("Release");
    const ofIstio = releases.filter((release) => chartOf(release) !== undefined);
    const controlPlanes = ofIstio.filter((release) => chartOf(release) === "istiod");
    const versions = new Set(controlPlanes.map(chartVersionOf));
    // With a control plane that is not known, nobody can tell.
    if (versions.size === 0 || versions.has(undefined) || releases.some(isUnknownChart)) return;
    for (const object of ofIstio) {
      const version = chartVersionOf(object);
      const isTwin = controlPlanes.includes(object) && hasOtherWithSameRevision(object, controlPlanes);
      if (version === undefined || (versions.has(version) && !isTwin)) continue;
      yield {
        object,
        path: "version",
        message: isTwin ? "set a revision for one of the two versions of istiod" : "use the version of istiod here too",
      };
    }
  },
};

const isUnknownChart = ({ root }: MeshObject) =>
  root.at("chart").isUnknown() || root.at("repositoryOpts", "repo").isUnknown();

/** Empty where there is none, and nothing where it is not known. */
function revisionOf({ root }: MeshObject): string | undefined {
  const revision = root.at("values", "revision");
  return revision.isAbsent() ? "" : revision.string();
}

function hasOtherWithSameRevision(one: MeshObject, all: readonly MeshObject[]): boolean {
  const revision = revisionOf(one);
  if (revision === undefined) return false;
  return all.some((other) => revisionOf(other) === revision && chartVersionOf(other) !== chartVersionOf(one));
}
