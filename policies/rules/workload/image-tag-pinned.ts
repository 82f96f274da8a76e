import type { ObjectRule } from "../../engine/rule.ts";
import { imagesIn, WORKLOAD_KINDS } from "../../model/podTemplates.ts";

export const imageTagPinned: ObjectRule = {
  id: "image-tag-pinned",
  title: "Every image has a tag other than latest, or a digest.",
  rationale: "Otherwise a rescheduled Pod runs whatever was pushed last, and a rollback changes nothing.",
  remediation: "Pin the image with a tag other than latest, or with a digest.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: WORKLOAD_KINDS,

  *check(object) {
    for (const { image, name } of imagesIn(object)) {
      if (!isPinned(name))
        yield { path: image.path, message: "pin the image with a tag other than latest, or with a digest" };
    }
  },
};

function isPinned(image: string): boolean {
  if (image.includes("@")) return true;
  // A colon before the last slash belongs to the registry's port.
  const [, tag] = (image.split("/").at(-1) ?? "").split(":");
  return tag !== undefined && tag !== "" && tag !== "latest";
}
