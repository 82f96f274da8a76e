import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksDeletionProtected: ObjectRule = {
  id: "eks-deletion-protected",
  title: "AWS refuses to delete the cluster until somebody lifts its protection.",
  rationale: "A stack that is destroyed by mistake otherwise takes the cluster with it, and all that runs there.",
  remediation: "Set deletionProtection to true.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { deletionProtection } = viewOf(object);
    if (!deletionProtection.isUnknown() && deletionProtection.boolean() !== true) {
      yield { path: deletionProtection.path, message: "set it to true" };
    }
  },
};
