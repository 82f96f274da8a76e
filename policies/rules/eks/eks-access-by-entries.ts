import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksAccessByEntries: ObjectRule = {
  id: "eks-access-by-entries",
  title: "Only access entries grant access to a cluster: authentication mode API.",
  rationale:
    "The ConfigMap aws-auth is deprecated, a typo in it locks everybody out, and CloudTrail does not record changes to it.",
  remediation: "Set the authentication mode to API, and create an access entry for each role.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { authenticationMode } = viewOf(object);
    if (!authenticationMode.isUnknown() && authenticationMode.string() !== "API") {
      yield { path: authenticationMode.path, message: "set it to API" };
    }
  },
};
