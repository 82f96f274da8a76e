import { destinationRuleExportedToGateway } from "../../../../policies/rules/destination-rule/destination-rule-exported-to-gateway.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, anObject, ingressPods, routing, serving } from "../../istioctlObjects.ts";

const gateway = aGateway("entry", [serving(["*.shop.example"])], undefined, "istio-ingress");
const to = (destination: object, gateways: readonly string[] = ["istio-ingress/entry"]) =>
  routing("www.shop.example", { gateways, http: [{ route: [{ destination }] }] });
const toSubset = to({ host: "cart", subset: "v1" });
const outside = to({ host: "pay.example.com" });
const rule = (rest: object, name = "cart", namespace?: string) =>
  anObject("DestinationRule", name, { host: "cart.shop.svc.cluster.local", ...rest }, namespace);
const subsets = [{ name: "v1", labels: { version: "v1" } }];
const pay = anObject("ServiceEntry", "pay", { hosts: ["pay.example.com"], ports: [{ number: 443, protocol: "HTTP" }] });
const tls = (rest: object, mode = "SIMPLE") =>
  rule({ host: "pay.example.com", trafficPolicy: { tls: { mode } }, ...rest }, "pay");
const here = "1 spec.exportTo";

describeRule(destinationRuleExportedToGateway, {
  open: false,
  accepts: {
    "a rule that all see": [toSubset, rule({ subsets }), gateway, ingressPods],
    "a rule that the gateway sees": [
      toSubset,
      rule({ subsets, exportTo: [".", "istio-ingress"] }),
      gateway,
      ingressPods,
    ],
    "another rule with the subset that it sees": [
      toSubset,
      rule({ subsets, exportTo: ["."] }),
      rule({ subsets }, "second"),
      gateway,
      ingressPods,
    ],
    "a rule in the namespace of the gateway's pods": [
      toSubset,
      rule({ subsets }, "cart", "istio-ingress"),
      gateway,
      ingressPods,
    ],
    "a rule for the mesh": [toSubset, rule({ subsets }, "cart", "istio-system"), gateway, ingressPods],
    "routes for the sidecars": [
      to({ host: "cart", subset: "v1" }, ["mesh"]),
      rule({ subsets, exportTo: ["."] }),
      gateway,
      ingressPods,
    ],
    "a route that is for the sidecars alone": [
      routing("www.shop.example", {
        gateways: ["istio-ingress/entry", "mesh"],
        http: [{ match: [{ gateways: ["mesh"] }], route: [{ destination: { host: "cart", subset: "v1" } }] }],
      }),
      rule({ subsets, exportTo: ["."] }),
      gateway,
      ingressPods,
    ],
    "a route without a subset": [to({ host: "cart" }), rule({ subsets, exportTo: ["."] }), gateway, ingressPods],
    "a rule without TLS for a host outside": [outside, tls({ exportTo: ["."] }, "DISABLE"), pay, gateway, ingressPods],
    "another rule for a host outside that it sees": [
      outside,
      tls({ exportTo: ["."] }),
      rule({ host: "pay.example.com" }, "second"),
      pay,
      gateway,
      ingressPods,
    ],
  },
  refuses: {
    "a rule with the subset for its own namespace": [
      [toSubset, rule({ subsets, exportTo: ["."] }), gateway, ingressPods],
      here,
    ],
    "TLS to a host outside, for its own namespace": [
      [outside, tls({ exportTo: ["."] }), pay, gateway, ingressPods],
      here,
    ],
    "a route that is for the gateway": [
      [
        routing("www.shop.example", {
          gateways: ["istio-ingress/entry", "mesh"],
          http: [
            {
              match: [{ gateways: ["istio-ingress/entry"] }],
              route: [{ destination: { host: "cart", subset: "v1" } }],
            },
          ],
        }),
        rule({ subsets, exportTo: ["."] }),
        gateway,
        ingressPods,
      ],
      here,
    ],
    "TLS at one port": [
      [
        outside,
        rule({
          host: "pay.example.com",
          exportTo: ["."],
          trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: "SIMPLE" } }] },
        }),
        pay,
        gateway,
        ingressPods,
      ],
      here,
    ],
    "a rule in a namespace that is neither the service's nor the gateway's": [
      [toSubset, rule({ subsets }, "cart", "routes"), gateway, ingressPods],
      "1 metadata.namespace",
    ],
    "pods that are not declared": [[toSubset, rule({ subsets, exportTo: ["."] }), gateway], here],
  },
});
