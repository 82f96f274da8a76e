import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksDeletionProtected: ObjectRule = {
  id: "eks-deletion-protected",
  title: "Deletion protection is enabled on the cluster.",
  rationale: "Without it, destroying the stack by mistake deletes the cluster and everything that runs in it.",
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
