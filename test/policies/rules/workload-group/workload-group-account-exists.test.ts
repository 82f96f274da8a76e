import { workloadGroupAccountExists } from "../../../../policies/rules/workload-group/workload-group-account-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, workloadGroup } from "../../kialiObjects.ts";

const of = (serviceAccount: string) => workloadGroup({ template: { serviceAccount } });

describeRule(workloadGroupAccountExists, {
  open: false,
  accepts: {
    "an account of a workload": [of("app"), deployment({ app: "a" }, {}, { serviceAccountName: "app" })],
    "a declared account": [
      of("app"),
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "app", namespace: "shop" } },
    ],
    "no account": [workloadGroup({ template: {} })],
  },
  refuses: {
    "an account that is not there": [
      [of("app"), deployment({ app: "a" }, { namespace: "other" }, { serviceAccountName: "app" })],
      "0 spec.template.serviceAccount",
    ],
  },
});
