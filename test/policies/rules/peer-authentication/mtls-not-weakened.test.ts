import { mtlsNotWeakened } from "../../../../policies/rules/peer-authentication/mtls-not-weakened.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const policy = (spec: unknown): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec,
});

describeRule(mtlsNotWeakened, {
  accepts: {
    STRICT: [policy({ mtls: { mode: "STRICT" } })],
    "what others say": [policy({ mtls: { mode: "UNSET" } })],
    "no mode": [policy({})],
    "STRICT at a port": [policy({ portLevelMtls: { "9080": { mode: "STRICT" } } })],
  },
  refuses: {
    PERMISSIVE: [[policy({ mtls: { mode: "PERMISSIVE" } })], "spec.mtls.mode"],
    DISABLE: [[policy({ mtls: { mode: "DISABLE" } })], "spec.mtls.mode"],
    "DISABLE at a port": [
      [policy({ mtls: { mode: "STRICT" }, portLevelMtls: { "9080": { mode: "DISABLE" } } })],
      "spec.portLevelMtls.9080.mode",
    ],
  },
  waits: { "computed ports": [[policy({ portLevelMtls: unknown.object })], "spec.portLevelMtls"] },
});
