import { eksAuditLogEnabled } from "../../../../policies/rules/eks/eks-audit-log-enabled";
import { describeRule } from "../../describeRule";
import { awsCluster, eksCluster } from "../../eks";
import { unknown } from "../../judge";

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
