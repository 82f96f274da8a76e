import { grantFromKnownNamespace } from "../../../../policies/rules/kiali/grant-from-known-namespace";
import { describeRule } from "../../describeRule";
import { namespace, referenceGrant } from "./objects";

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
