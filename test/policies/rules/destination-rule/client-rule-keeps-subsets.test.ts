import { clientRuleKeepsSubsets } from "../../../../policies/rules/destination-rule/client-rule-keeps-subsets.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, routing } from "../../istioctlObjects.ts";

const host = "cart.shop.svc.cluster.local";
const rule = (name: string, spec: object, namespace?: string) =>
  anObject("DestinationRule", name, { host, ...spec }, namespace);
const own = rule("cart", { subsets: [{ name: "v1", labels: { version: "v1" } }] });
const ofClient = (spec: object, namespace = "batch") =>
  rule("slow", { trafficPolicy: { connectionPool: { tcp: { connectTimeout: "2s" } } }, ...spec }, namespace);
const routed = (rest: object = {}) =>
  routing("cart", { http: [{ route: [{ destination: { host: "cart", subset: "v1" } }] }], ...rest });
const here = "0 spec.subsets[0].name";

describeRule(clientRuleKeepsSubsets, {
  open: false,
  accepts: {
    "no other rule": [own, routed()],
    "the subset in both": [own, ofClient({ subsets: [{ name: "v1" }] }), routed()],
    "a rule for another host": [own, ofClient({ host: "pay.shop.svc.cluster.local" }), routed()],
    "a second rule in the namespace of the service": [own, ofClient({}, "shop"), routed()],
    "a rule for the mesh": [own, ofClient({}, "istio-system"), routed()],
    "a subset that nobody routes to": [own, ofClient({}), routing("cart")],
    "routes that the client does not see": [own, ofClient({}), routed({ exportTo: ["."] })],
    "a route for a gateway among those for sidecars": [
      own,
      ofClient({}),
      routed({
        gateways: ["entry", "mesh"],
        http: [{ match: [{ gateways: ["entry"] }], route: [{ destination: { host: "cart", subset: "v1" } }] }],
      }),
    ],
    "routes of a gateway": [own, ofClient({}), routed({ gateways: ["entry"] })],
    "a rule for some of the client's pods": [
      own,
      ofClient({ workloadSelector: { matchLabels: { app: "runner" } } }),
      routed(),
    ],
    "a rule that its own namespace does not see": [own, ofClient({ exportTo: ["other"] }), routed()],
  },
  refuses: {
    "a client's rule without the subset": [[own, ofClient({}), routed()], here],
    "a client's rule for its own namespace": [[own, ofClient({ exportTo: ["."] }), routed()], here],
    "a client's rule with another subset": [[own, ofClient({ subsets: [{ name: "v2" }] }), routed()], here],
  },
});
