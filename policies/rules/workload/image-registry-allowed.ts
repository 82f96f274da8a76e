import type { ObjectRule } from "../../engine/rule.ts";
import { isListed, texts, textsOf } from "../../engine/settings.ts";
import { imagesIn, WORKLOAD_KINDS } from "../../model/podTemplates.ts";

export const imageRegistryAllowed: ObjectRule = {
  id: "image-registry-allowed",
  title: "Images come from registries that the environment trusts.",
  rationale: "Anyone can push an image with a similar name to a public registry.",
  remediation: "Copy the image to a trusted registry, or add its registry to this rule's setting registries.",
  severity: "high",
  environment: true,
  codes: [],
  settings: {
    registries: texts(
      "Where images may come from, such as registry.example/team/*. If empty, any registry is allowed.",
    ),
  },
  kinds: WORKLOAD_KINDS,

  *check(object, settings) {
    const allowed = textsOf(settings, "registries");
    if (allowed.length === 0) return;
    for (const { image, name } of imagesIn(object)) {
      if (!isListed(inFull(name), allowed))
        yield { path: image.path, message: "use an image from a registry in the setting registries" };
    }
  },
};

/** What container runtimes make of the name. */
function inFull(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (hasRegistry) return image;
  return `docker.io/${rest.length === 0 ? "library/" : ""}${image}`;
}
