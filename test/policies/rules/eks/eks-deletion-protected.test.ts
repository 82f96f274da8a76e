import { eksDeletionProtected } from "../../../../policies/rules/eks/eks-deletion-protected";
import { describeRule } from "../../describeRule";
import { awsCluster, eksCluster } from "../../eks";
import { unknown } from "../../judge";

describeRule(eksDeletionProtected, {
  accepts: { protection: [awsCluster({ deletionProtection: true }), eksCluster({ deletionProtection: true })] },
  refuses: {
    none: [[awsCluster({})], "deletionProtection"],
    "protection that is turned off": [[eksCluster({ deletionProtection: false })], "deletionProtection"],
  },
  waits: { "a computed answer": [[awsCluster({ deletionProtection: unknown.text })], "deletionProtection"] },
});
