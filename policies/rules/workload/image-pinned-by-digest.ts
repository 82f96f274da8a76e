import type { ObjectRule } from "../../engine/rule.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "../../model/podTemplates.ts";

const DIGEST = /@sha256:[0-9a-f]{64}$/;

export const imagePinnedByDigest: ObjectRule = {
  id: "image-pinned-by-digest",
  title: "Every image has a digest.",
  rationale:
    "A tag can be pushed again: nodes then run something else than what was tested, each from the day it pulls it.",
  remediation: "Add the digest of the image; a stack file has mesh:images.pin for it.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: WORKLOAD_KINDS,

  *check(object) {
    const pods = podTemplateOf(object).at("spec");
    for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
      for (const container of pods.at(list).items()) {
        const image = container.at("image");
        const name = image.string();
        // Istio replaces "auto" by the image of its own version.
        if (name !== undefined && name !== "auto" && !DIGEST.test(name)) {
          yield { path: image.path, message: "add the digest of the image, such as by mesh:images.pin" };
        }
      }
    }
  },
};
