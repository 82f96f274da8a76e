import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isListed, texts, textsOf } from "../../engine/settings.ts";
import { readScales } from "../../model/scale.ts";

export const runsTwice: MeshRule = {
  id: "runs-twice",
  title: "Every Deployment, istiod and the gateways too, runs two pods or more.",
  rationale: "A single pod is gone for a while whenever its node is, and with every rollout that goes wrong.",
  remediation: "Set replicas, or the least number of the autoscaler, to 2 or more.",
  severity: "high",
  environment: true,
  codes: [],
  settings: {
    single: texts("Deployments that may run one pod, as <namespace>/<name>; `*` stands for any characters."),
  },

  *checkMesh(mesh, settings) {
    const single = textsOf(settings, "single");
    for (const { object, place, least } of mesh.derive(readScales)) {
      // None at all is a workload that is switched off.
      if (least !== 1 || isSingle(object, single)) continue;
      yield { object, path: place.path, message: "run two pods or more, or list it in the setting single" };
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
