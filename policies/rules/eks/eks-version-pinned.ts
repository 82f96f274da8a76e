import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksVersionPinned: ObjectRule = {
  id: "eks-version-pinned",
  title: "A cluster names its version of Kubernetes.",
  rationale: "Otherwise the same program makes a cluster of another version tomorrow, and nobody decided on it.",
  remediation: "Set version to a minor version such as 1.35.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { version } = viewOf(object);
    if (version.isAbsent()) yield { path: version.path, message: "name the minor version of Kubernetes" };
  },
};
