import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksVersionPinned: ObjectRule = {
  id: "eks-version-pinned",
  title: "A cluster pins its Kubernetes version.",
  rationale: "Without a pinned version, the same program may create a cluster of another version tomorrow.",
  remediation: "Set version to a minor version such as 1.35.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { version } = viewOf(object);
    if (version.isAbsent()) yield { path: version.path, message: "set the minor version of Kubernetes" };
  },
};
