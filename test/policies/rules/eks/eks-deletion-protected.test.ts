import { eksDeletionProtected } from "../../../../policies/rules/eks/eks-deletion-protected.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

describeRule(eksDeletionProtected, {
  accepts: { protection: [awsCluster({ deletionProtection: true }), eksCluster({ deletionProtection: true })] },
  refuses: {
    none: [[awsCluster({})], "deletionProtection"],
    "protection that is turned off": [[eksCluster({ deletionProtection: false })], "deletionProtection"],
  },
  waits: { "a computed answer": [[awsCluster({ deletionProtection: unknown.text })], "deletionProtection"] },
});
