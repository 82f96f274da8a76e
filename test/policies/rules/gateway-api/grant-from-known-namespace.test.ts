import { grantFromKnownNamespace } from "../../../../policies/rules/gateway-api/grant-from-known-namespace.ts";
import { describeRule } from "../../describeRule.ts";
import { namespace, referenceGrant } from "../../kialiObjects.ts";

describeRule(grantFromKnownNamespace, {
  open: false,
  accepts: { "a namespace that is there": [referenceGrant({ from: [{ namespace: "other" }] }), namespace("other")] },
  refuses: {
    "a namespace that is not there": [
      [referenceGrant({ from: [{ namespace: "shop" }, { namespace: "other" }] }), namespace("shop")],
      "0 spec.from[1].namespace",
    ],
  },
});
