import { mutualTlsAccepted } from "../../../../policies/rules/destination-rule/mutual-tls-accepted.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, peerAuthentication } from "../../kialiObjects.ts";

const rule = (host: string, mode: string) => destinationRule({ host, trafficPolicy: { tls: { mode } } });
const policy = (mode: string, namespace = "shop", more: object = {}) =>
  peerAuthentication({ mtls: { mode }, ...more }, { namespace });

describeRule(mutualTlsAccepted, {
  config: { enableAutoMtls: false },
  withCodes: true,
  accepts: {
    "the mesh accepts it": [rule("*.local", "ISTIO_MUTUAL"), policy("PERMISSIVE", "istio-system")],
    "the namespace accepts it": [rule("*.shop.svc.cluster.local", "ISTIO_MUTUAL"), policy("STRICT")],
    "the mesh accepts it for the namespace": [
      rule("*.shop.svc.cluster.local", "ISTIO_MUTUAL"),
      policy("STRICT", "istio-system"),
    ],
    "a single host": [rule("reviews", "ISTIO_MUTUAL")],
  },
  refuses: {
    "nothing accepts it in the mesh": [
      [rule("*.local", "ISTIO_MUTUAL"), policy("STRICT")],
      "KIA0205 0 spec.trafficPolicy.tls.mode",
    ],
    "nothing accepts it in the namespace": [
      [rule("*.shop.svc.cluster.local", "ISTIO_MUTUAL"), policy("DISABLE")],
      "KIA0206 0 spec.trafficPolicy.tls.mode",
    ],
    "only some workloads accept it": [
      [
        rule("*.shop.svc.cluster.local", "ISTIO_MUTUAL"),
        policy("STRICT", "shop", { selector: { matchLabels: { app: "a" } } }),
      ],
      "KIA0206 0 spec.trafficPolicy.tls.mode",
    ],
  },
});
