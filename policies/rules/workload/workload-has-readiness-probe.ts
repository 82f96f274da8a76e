import type { ObjectRule } from "../../engine/rule.ts";
import { containersOf, LASTING_KINDS } from "../../model/pods.ts";

export const workloadHasReadinessProbe: ObjectRule = {
  id: "workload-has-readiness-probe",
  title: "A container that listens on a port says when it is ready.",
  rationale: "Without a readiness probe requests reach a pod while it still starts, so that every rollout loses some.",
  remediation: "Add a readinessProbe that asks the service itself.",
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
