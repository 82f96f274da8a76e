import { outboundModeWritten } from "../../../../policies/rules/sidecar/outbound-mode-written";
import { describeRule } from "../../describeRule";
import { sidecar } from "../../kialiObjects";

describeRule(outboundModeWritten, {
  accepts: {
    "no policy": [sidecar()],
    modes: [sidecar({ outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } })],
  },
  refuses: { "no mode": [[sidecar({ outboundTrafficPolicy: {} })], "spec.outboundTrafficPolicy"] },
});
