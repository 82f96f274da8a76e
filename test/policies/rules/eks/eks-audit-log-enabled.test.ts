import { eksAuditLogEnabled } from "../../../../policies/rules/eks/eks-audit-log-enabled.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const needed = ["api", "audit", "authenticator"];

describeRule(eksAuditLogEnabled, {
  accepts: {
    "the three": [awsCluster({ enabledClusterLogTypes: needed })],
    "all five": [eksCluster({ enabledClusterLogTypes: [...needed, "scheduler", "controllerManager"] })],
  },
  refuses: {
    none: [[awsCluster({})], "enabledClusterLogTypes"],
    "all but audit": [[awsCluster({ enabledClusterLogTypes: ["api", "authenticator"] })], "enabledClusterLogTypes"],
    "a component without": [[eksCluster({ enabledClusterLogTypes: [] })], "enabledClusterLogTypes"],
  },
  waits: {
    "computed types": [[awsCluster({ enabledClusterLogTypes: unknown.list })], "enabledClusterLogTypes"],
  },
});
