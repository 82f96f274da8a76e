import type { ObjectRule } from "../../rule";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster";

export const eksVersionPinned: ObjectRule = {
  id: "eks-version-pinned",
  requires: "A cluster names its version of Kubernetes.",
  because: "Otherwise the same program makes a cluster of another version tomorrow, and nobody decided on it.",
  wayOut: "Set version to a minor version such as 1.35.",
  severity: "high",
  environment: true,
  covers: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { version } = viewOf(object);
    if (version.isAbsent()) yield { path: version.path, message: "name the minor version of Kubernetes" };
  },
};
