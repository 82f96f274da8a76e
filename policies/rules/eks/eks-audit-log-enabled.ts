import type { ObjectRule } from "../../rule";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster";

/** What tells afterwards who did what. */
const NEEDED = ["api", "audit", "authenticator"];

export const eksAuditLogEnabled: ObjectRule = {
  id: "eks-audit-log-enabled",
  requires: "A cluster keeps the logs api, audit and authenticator of its control plane.",
  because: "EKS keeps none by default, and what was not logged nobody can look up after a break-in.",
  wayOut: "List them in enabledClusterLogTypes.",
  severity: "high",
  environment: true,
  covers: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { logTypes } = viewOf(object);
    const listed = logTypes.items();
    if (logTypes.isUnknown() || listed.some((type) => type.isUnknown())) return;
    const missing = NEEDED.filter((type) => !listed.some((one) => one.text() === type));
    if (missing.length > 0) yield { path: logTypes.path, message: `add ${missing.join(", ")}` };
  },
};
