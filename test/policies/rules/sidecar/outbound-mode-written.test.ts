import { outboundModeWritten } from "../../../../policies/rules/sidecar/outbound-mode-written.ts";
import { describeRule } from "../../describeRule.ts";
import { sidecar } from "../../kialiObjects.ts";

describeRule(outboundModeWritten, {
  accepts: {
    "no policy": [sidecar()],
    modes: [sidecar({ outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } })],
  },
  refuses: { "no mode": [[sidecar({ outboundTrafficPolicy: {} })], "spec.outboundTrafficPolicy"] },
});
