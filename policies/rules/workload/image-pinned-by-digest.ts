import type { ObjectRule } from "../../engine/rule.ts";
import { imagesIn, WORKLOAD_KINDS } from "../../model/podTemplates.ts";

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
    for (const { image, name } of imagesIn(object)) {
      if (!DIGEST.test(name))
        yield { path: image.path, message: "add the digest of the image, such as by mesh:images.pin" };
    }
  },
};
