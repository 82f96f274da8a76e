import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksAccessByEntries: ObjectRule = {
  id: "eks-access-by-entries",
  title: "Access entries alone say who may use a cluster: authentication mode API.",
  rationale:
    "The ConfigMap aws-auth is deprecated, one typing error in it locks everybody out, and no log tells of it.",
  remediation: "Set the authentication mode to API, and write an access entry for each role.",
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
