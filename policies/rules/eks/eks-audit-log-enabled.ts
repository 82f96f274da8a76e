import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

/** What tells afterwards who did what. */
const NEEDED = ["api", "audit", "authenticator"];

export const eksAuditLogEnabled: ObjectRule = {
  id: "eks-audit-log-enabled",
  title: "A cluster enables the control plane logs api, audit and authenticator.",
  rationale: "EKS enables no logs by default, so after an incident there is nothing to investigate.",
  remediation: "List them in enabledClusterLogTypes.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { logTypes } = viewOf(object);
    const listed = logTypes.items();
    if (logTypes.isUnknown() || listed.some((type) => type.isUnknown())) return;
    const missing = NEEDED.filter((type) => !listed.some((one) => one.string() === type));
    if (missing.length > 0) yield { path: logTypes.path, message: `add ${missing.join(", ")}` };
  },
};
