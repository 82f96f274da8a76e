import { eksVersionPinned } from "../../../../policies/rules/eks/eks-version-pinned";
import { describeRule } from "../../describeRule";
import { awsCluster, eksCluster } from "../../eks";
import { unknown } from "../../judge";

describeRule(eksVersionPinned, {
  accepts: { "a version": [awsCluster({ version: "1.35" }), eksCluster({ version: "1.35" })] },
  refuses: {
    "no version": [[awsCluster({})], "version"],
    "a component without one": [[eksCluster({ name: "mesh" })], "version"],
  },
  waits: { "a computed version": [[awsCluster({ version: unknown.text })], "version"] },
});
