import type { ObjectRule } from "../../rule";
import { containersOf, LASTING_KINDS } from "./lib/pods";

export const workloadHasReadinessProbe: ObjectRule = {
  id: "workload-has-readiness-probe",
  requires: "A container that listens on a port says when it is ready.",
  because: "Without a readiness probe requests reach a pod while it still starts, so that every rollout loses some.",
  wayOut: "Add a readinessProbe that asks the service itself.",
  severity: "medium",
  environment: true,
  covers: [],
  kinds: LASTING_KINDS,

  *check(object) {
    for (const container of containersOf(object)) {
      const probe = container.at("readinessProbe");
      const image = container.at("image");
      const listens = container.at("ports").items().length > 0;
      if (!listens || image.isUnknown() || image.text() === "auto") continue;
      if (probe.isAbsent()) yield { path: probe.path, message: "add a readiness probe" };
    }
  },
};
