import { exportedToKnownNamespace } from "../../../../policies/rules/several-kinds/exported-to-known-namespace.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, namespace, serviceEntry, virtualService } from "../../kialiObjects.ts";

describeRule(exportedToKnownNamespace, {
  open: false,
  accepts: {
    "namespaces that are there": [virtualService({ exportTo: [".", "*", "other"] }), namespace("other")],
    "an ambient namespace": [
      virtualService({ exportTo: ["none"] }),
      namespace("shop", { "istio.io/dataplane-mode": "ambient" }),
    ],
  },
  refuses: {
    "namespaces that are not there": [
      [
        virtualService({ exportTo: [".", "none"] }),
        destinationRule({ exportTo: ["none"] }),
        serviceEntry({ exportTo: ["none"] }),
        namespace("shop"),
      ],
      "0 spec.exportTo[1]",
      "1 spec.exportTo[0]",
      "2 spec.exportTo[0]",
    ],
  },
});
