import { mutualTlsNotOverridden } from "../../../../policies/rules/destination-rule/mutual-tls-not-overridden.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule } from "../../kialiObjects.ts";

const mutual = (host: string) => destinationRule({ host, trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } });

describeRule(mutualTlsNotOverridden, {
  accepts: {
    "TLS settings": [
      mutual("*.local"),
      destinationRule({ host: "reviews", trafficPolicy: { tls: { mode: "SIMPLE" } } }),
    ],
    "TLS settings of a port": [
      mutual("*.local"),
      destinationRule({ host: "reviews", trafficPolicy: { portLevelSettings: [{ tls: { mode: "SIMPLE" } }] } }),
    ],
    "mutual TLS for other hosts": [
      mutual("*.other.svc.cluster.local"),
      mutual("ratings"),
      destinationRule({ host: "reviews" }),
    ],
    "nothing wider": [
      destinationRule({ host: "*.local", trafficPolicy: { tls: { mode: "DISABLE" } } }),
      destinationRule({ host: "reviews" }),
    ],
  },
  refuses: {
    "mutual TLS for the mesh": [[mutual("*.local"), destinationRule({ host: "reviews" })], "1 spec.trafficPolicy"],
    "mutual TLS for the namespace": [
      [mutual("*.shop.svc.cluster.local"), destinationRule({ host: "reviews", trafficPolicy: {} })],
      "1 spec.trafficPolicy",
    ],
    "mutual TLS for the same host": [
      [mutual("reviews.shop.svc.cluster.local"), destinationRule({ host: "reviews", trafficPolicy: {} })],
      "1 spec.trafficPolicy",
    ],
  },
});
