import type { ObjectRule } from "../../engine/rule.ts";
import { containersOf, LASTING_KINDS } from "../../model/pods.ts";

export const workloadRequestsResources: ObjectRule = {
  id: "workload-requests-resources",
  title: "Every container requests CPU and memory.",
  rationale: "Without requests the scheduler puts too many Pods on a node, and a full node evicts these Pods first.",
  remediation: "Set resources.requests.cpu and resources.requests.memory.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: LASTING_KINDS,

  *check(object) {
    for (const container of containersOf(object)) {
      // The gateway's proxy gets them from Istio, with its image.
      const image = container.at("image");
      if (image.isUnknown() || image.string() === "auto") continue;
      for (const resource of ["cpu", "memory"]) {
        const request = container.at("resources", "requests", resource);
        // Kubernetes takes a limit for the request too, where there is none.
        const limit = container.at("resources", "limits", resource);
        if (request.isAbsent() && limit.isAbsent()) yield { path: request.path, message: `request ${resource}` };
      }
    }
  },
};
