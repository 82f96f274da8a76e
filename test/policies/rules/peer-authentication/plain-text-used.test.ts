import { plainTextUsed } from "../../../../policies/rules/peer-authentication/plain-text-used.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, peerAuthentication } from "../../kialiObjects.ts";

const rule = (host: string, mode: string) => destinationRule({ host, trafficPolicy: { tls: { mode } } });
const policy = (mode: string, namespace = "shop", more: object = {}) =>
  peerAuthentication({ mtls: { mode }, ...more }, { namespace });

describeRule(plainTextUsed, {
  withCodes: true,
  accepts: {
    "clients turn it off too": [
      policy("DISABLE"),
      rule("*.shop.svc.cluster.local", "DISABLE"),
      rule("*.local", "ISTIO_MUTUAL"),
    ],
    "clients are not told": [policy("DISABLE")],
    "it is on": [policy("STRICT"), rule("*.local", "ISTIO_MUTUAL")],
    "clients of another namespace": [policy("DISABLE"), rule("*.other.svc.cluster.local", "ISTIO_MUTUAL")],
  },
  refuses: {
    "clients of the namespace use it": [
      [policy("DISABLE"), rule("*.shop.svc.cluster.local", "MUTUAL")],
      "KIA0505 0 spec.mtls",
    ],
    "clients of the mesh use it": [[policy("DISABLE"), rule("*.local", "ISTIO_MUTUAL")], "KIA0505 0 spec.mtls"],
    "clients use it where the mesh turns it off": [
      [policy("DISABLE", "istio-system"), rule("*.local", "ISTIO_MUTUAL")],
      "KIA0506 0 spec.mtls",
    ],
  },
});
