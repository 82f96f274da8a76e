import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isListed, texts, textsOf } from "../../engine/settings.ts";
import { readScales } from "../../model/scale.ts";

export const runsTwice: MeshRule = {
  id: "runs-twice",
  title: "Every Deployment, including istiod and gateways, runs at least two Pods.",
  rationale: "A single Pod is unavailable whenever its node is, and during every failed rollout.",
  remediation: "Set replicas, or the minimum of the autoscaler, to 2 or more.",
  severity: "high",
  environment: true,
  codes: [],
  settings: {
    single: texts("Deployments that may run one Pod, as <namespace>/<name>; `*` matches any characters."),
  },

  *checkMesh(mesh, settings) {
    const single = textsOf(settings, "single");
    for (const { object, place, least } of mesh.derive(readScales)) {
      // None at all is a workload that is switched off.
      if (least !== 1 || isSingle(object, single)) continue;
      yield {
        object,
        path: place.path,
        message: "run at least two Pods, or list the Deployment in the setting single",
      };
    }
  },
};

/** A Deployment whose name is not known yet may be listed. */
function isSingle(object: MeshObject, single: readonly string[]): boolean {
  if (single.length === 0) return false;
  const { namespace, id } = object;
  if (namespace === undefined || object.metadata.at("name").isUnknown()) return true;
  return isListed(`${namespace}/${id ?? ""}`, single);
}
