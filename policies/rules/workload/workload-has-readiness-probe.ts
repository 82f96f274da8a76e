import type { ObjectRule } from "../../engine/rule.ts";
import { containersOf, LASTING_KINDS } from "../../model/pods.ts";

export const workloadHasReadinessProbe: ObjectRule = {
  id: "workload-has-readiness-probe",
  title: "A container that listens on a port has a readiness probe.",
  rationale: "Without one, Pods receive requests before they are ready, so every rollout loses some requests.",
  remediation: "Add a readinessProbe that checks the service itself.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: LASTING_KINDS,

  *check(object) {
    for (const container of containersOf(object)) {
      const probe = container.at("readinessProbe");
      const image = container.at("image");
      const listens = container.at("ports").items().length > 0;
      if (!listens || image.isUnknown() || image.string() === "auto") continue;
      if (probe.isAbsent()) yield { path: probe.path, message: "add a readiness probe" };
    }
  },
};
