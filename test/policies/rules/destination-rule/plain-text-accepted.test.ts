import { plainTextAccepted } from "../../../../policies/rules/destination-rule/plain-text-accepted.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, peerAuthentication } from "../../kialiObjects.ts";

const rule = (host: string, mode: string) => destinationRule({ host, trafficPolicy: { tls: { mode } } });
const policy = (mode: string, namespace = "shop", more: object = {}) =>
  peerAuthentication({ mtls: { mode }, ...more }, { namespace });

describeRule(plainTextAccepted, {
  withCodes: true,
  accepts: {
    "the namespace accepts both": [
      rule("*.shop.svc.cluster.local", "DISABLE"),
      policy("PERMISSIVE"),
      policy("STRICT", "istio-system"),
    ],
    "the namespace turns it off": [
      rule("*.shop.svc.cluster.local", "DISABLE"),
      policy("DISABLE"),
      policy("STRICT", "istio-system"),
    ],
    "the mesh accepts both": [rule("*.local", "DISABLE"), policy("PERMISSIVE", "istio-system")],
    "TLS is on": [rule("*.local", "ISTIO_MUTUAL"), policy("STRICT", "istio-system")],
    "the host of another namespace": [rule("*.other.svc.cluster.local", "DISABLE"), policy("STRICT", "istio-system")],
  },
  refuses: {
    "the namespace demands TLS": [
      [rule("*.shop.svc.cluster.local", "DISABLE"), policy("STRICT")],
      "KIA0207 0 spec.trafficPolicy.tls.mode",
    ],
    "the mesh demands TLS of the namespace": [
      [rule("*.shop.svc.cluster.local", "DISABLE"), policy("STRICT", "istio-system")],
      "KIA0208 0 spec.trafficPolicy.tls.mode",
    ],
    "the mesh demands TLS": [
      [rule("*.local", "DISABLE"), policy("STRICT", "istio-system")],
      "KIA0208 0 spec.trafficPolicy.tls.mode",
    ],
  },
});
