import { hostKeepsMutualTls } from "../../../../policies/rules/destination-rule/host-keeps-mutual-tls.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, aService, having, pods } from "../../istioctlObjects.ts";

const shop = aNamespace("shop", { "istio-injection": "enabled" });
const cart = pods({ app: "cart" });
const service = aService("cart", [{ port: 80, targetPort: 8080 }], { selector: { app: "cart" } });
const rule = (spec: object, host = "cart") => anObject("DestinationRule", "cart", { host, ...spec });
const plain = rule({ trafficPolicy: { tls: { mode: "DISABLE" } } });
const accepting = (mode: string, rest: object = {}, namespace?: string) => ({
  ...anObject("PeerAuthentication", "some", { mtls: { mode }, ...rest }, namespace),
  apiVersion: "security.istio.io/v1",
});
const strict = accepting("STRICT");
const selector = { matchLabels: { app: "cart" } };
const mode = "0 spec.trafficPolicy.tls.mode";
const world = [cart, service, shop];

describeRule(hostKeepsMutualTls, {
  open: false,
  accepts: {
    "mutual TLS": [rule({ trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } }), strict, ...world],
    "nothing about TLS": [rule({ trafficPolicy: { loadBalancer: { simple: "RANDOM" } } }), strict, ...world],
    "plain text where it is accepted": [plain, accepting("PERMISSIVE"), ...world],
    "plain text where nothing is said": [plain, ...world],
    "plain text that the pods' own policy accepts": [plain, strict, accepting("PERMISSIVE", { selector }), ...world],
    "plain text that the namespace accepts in a strict mesh": [
      plain,
      accepting("PERMISSIVE"),
      accepting("STRICT", {}, "istio-system"),
      ...world,
    ],
    "plain text that the port accepts": [
      plain,
      accepting("STRICT", { selector, portLevelMtls: { 8080: { mode: "PERMISSIVE" } } }),
      ...world,
    ],
    "plain text to pods that are kept out of the mesh": [
      plain,
      strict,
      pods({ app: "cart", "sidecar.istio.io/inject": "false" }),
      service,
      shop,
    ],
    "plain text to a port that passes the sidecar by": [
      plain,
      strict,
      pods({ app: "cart" }, undefined, { annotations: { "traffic.sidecar.istio.io/excludeInboundPorts": "8080" } }),
      service,
      shop,
    ],
    "plain text in a namespace without sidecars": [plain, strict, cart, service, aNamespace("shop")],
    "plain text to pods that are not declared": [plain, strict, service, shop],
    "policies that disagree, of which the oldest holds": [plain, strict, accepting("PERMISSIVE"), ...world],
    "plain text at a port that the Service does not have": [
      rule({ trafficPolicy: { portLevelSettings: [{ port: { number: 9000 }, tls: { mode: "DISABLE" } }] } }),
      strict,
      ...world,
    ],
    "another host": [rule({ trafficPolicy: { tls: { mode: "DISABLE" } } }, "pay"), strict, ...world],
  },
  refuses: {
    "plain text in a strict namespace": [[plain, strict, ...world], mode],
    "TLS without a client's certificate": [
      [rule({ trafficPolicy: { tls: { mode: "SIMPLE" } } }), strict, ...world],
      mode,
    ],
    "TLS without a mode": [[rule({ trafficPolicy: { tls: {} } }), strict, ...world], mode],
    "the host in full": [
      [rule({ trafficPolicy: { tls: { mode: "DISABLE" } } }, "cart.shop.svc.cluster.local"), strict, ...world],
      mode,
    ],
    "plain text in a strict mesh": [[plain, accepting("STRICT", {}, "istio-system"), ...world], mode],
    "plain text to strict pods": [[plain, accepting("PERMISSIVE"), accepting("STRICT", { selector }), ...world], mode],
    "plain text to a strict port": [
      [plain, accepting("PERMISSIVE", { selector, portLevelMtls: { 8080: { mode: "STRICT" } } }), ...world],
      mode,
    ],
    "plain text to a subset": [
      [rule({ subsets: [{ name: "v1", trafficPolicy: { tls: { mode: "DISABLE" } } }] }), strict, ...world],
      "0 spec.subsets[0].trafficPolicy.tls.mode",
    ],
    "plain text to a port": [
      [
        rule({ trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }] } }),
        strict,
        ...world,
      ],
      "0 spec.trafficPolicy.portLevelSettings[0].tls.mode",
    ],
    "plain text to pods that ask for a sidecar themselves": [
      [plain, strict, pods({ app: "cart", "sidecar.istio.io/inject": "true" }), service, aNamespace("shop")],
      mode,
    ],
    "plain text in a namespace of a revision": [
      [plain, strict, cart, service, having(aNamespace("shop"), { labels: { "istio.io/rev": "canary" } })],
      mode,
    ],
    "plain text in a strict namespace that is declared elsewhere": [[plain, strict, cart, service], mode],
  },
});
