import { eksVersionPinned } from "../../../../policies/rules/eks/eks-version-pinned.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

describeRule(eksVersionPinned, {
  accepts: { "a version": [awsCluster({ version: "1.35" }), eksCluster({ version: "1.35" })] },
  refuses: {
    "no version": [[awsCluster({})], "version"],
    "a component without one": [[eksCluster({ name: "mesh" })], "version"],
  },
  waits: { "a computed version": [[awsCluster({ version: unknown.text })], "version"] },
});
