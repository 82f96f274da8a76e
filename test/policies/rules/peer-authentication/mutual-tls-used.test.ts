import { mutualTlsUsed } from "../../../../policies/rules/peer-authentication/mutual-tls-used.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, peerAuthentication } from "../../kialiObjects.ts";

const rule = (host: string, mode: string) => destinationRule({ host, trafficPolicy: { tls: { mode } } });
const policy = (mode: string, namespace = "shop", more: object = {}) =>
  peerAuthentication({ mtls: { mode }, ...more }, { namespace });

describeRule(mutualTlsUsed, {
  config: { enableAutoMtls: false },
  withCodes: true,
  accepts: {
    "the mesh uses it": [policy("STRICT", "istio-system"), rule("*.local", "ISTIO_MUTUAL")],
    "the namespace uses it": [policy("STRICT"), rule("*.shop.svc.cluster.local", "ISTIO_MUTUAL")],
    "the mesh uses it, for the namespace": [policy("STRICT"), rule("*.local", "ISTIO_MUTUAL")],
    "it is not demanded": [policy("PERMISSIVE")],
    "it is demanded of some workloads": [policy("STRICT", "shop", { selector: { matchLabels: { app: "a" } } })],
  },
  refuses: {
    "only the namespace uses it": [
      [policy("STRICT", "istio-system"), rule("*.shop.svc.cluster.local", "ISTIO_MUTUAL")],
      "KIA0401 0 spec.mtls",
    ],
    "nobody uses it": [[policy("STRICT"), rule("*.other.svc.cluster.local", "ISTIO_MUTUAL")], "KIA0501 0 spec.mtls"],
  },
});
