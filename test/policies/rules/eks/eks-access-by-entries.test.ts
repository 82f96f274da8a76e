import { eksAccessByEntries } from "../../../../policies/rules/eks/eks-access-by-entries.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const cluster = (authenticationMode: unknown) => awsCluster({ accessConfig: { authenticationMode } });

describeRule(eksAccessByEntries, {
  accepts: { API: [cluster("API"), eksCluster({ authenticationMode: "API" })] },
  refuses: {
    "the ConfigMap": [[cluster("CONFIG_MAP")], "accessConfig.authenticationMode"],
    both: [[cluster("API_AND_CONFIG_MAP")], "accessConfig.authenticationMode"],
    "the default, which is the ConfigMap": [[awsCluster({})], "accessConfig.authenticationMode"],
    "a component by default": [[eksCluster({ version: "1.35" })], "authenticationMode"],
  },
  waits: { "a computed mode": [[cluster(unknown.text)], "accessConfig.authenticationMode"] },
});
