import type { ObjectRule } from "../../rule";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster";

export const eksDeletionProtected: ObjectRule = {
  id: "eks-deletion-protected",
  requires: "AWS refuses to delete the cluster until somebody lifts its protection.",
  because: "A stack that is destroyed by mistake otherwise takes the cluster with it, and all that runs there.",
  wayOut: "Set deletionProtection to true.",
  severity: "medium",
  environment: true,
  covers: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { deletionProtection } = viewOf(object);
    if (!deletionProtection.isUnknown() && deletionProtection.boolean() !== true) {
      yield { path: deletionProtection.path, message: "set it to true" };
    }
  },
};
