import { grantFromKnownNamespace } from "../../../../policies/rules/gateway-api/grant-from-known-namespace";
import { describeRule } from "../../describeRule";
import { namespace, referenceGrant } from "../../kialiObjects";

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
