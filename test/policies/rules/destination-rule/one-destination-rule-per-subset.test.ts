import { oneDestinationRulePerSubset } from "../../../../policies/rules/destination-rule/one-destination-rule-per-subset.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, namespace, sidecar } from "../../kialiObjects.ts";

const foreign = { host: "reviews.other.svc.cluster.local" };

describeRule(oneDestinationRulePerSubset, {
  accepts: {
    "two subsets": [
      destinationRule({ host: "reviews", subsets: [{ name: "v1" }] }),
      destinationRule({ host: "reviews", subsets: [{ name: "v2" }] }),
    ],
    "two hosts": [destinationRule({ host: "reviews" }), destinationRule({ host: "ratings" })],
    "mutual TLS for the mesh and the namespace": [
      destinationRule({ host: "reviews" }),
      destinationRule({ host: "*.local", trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } }),
      destinationRule({ host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } }),
    ],
    "different clients": [
      destinationRule({ host: "reviews.shop.svc.cluster.local", exportTo: ["."] }),
      destinationRule({ host: "reviews.shop.svc.cluster.local", exportTo: ["."] }, { namespace: "other" }),
    ],
    "a host that nobody imports": [
      destinationRule(foreign),
      destinationRule(foreign),
      sidecar({ egress: [{ hosts: ["./*"] }] }),
    ],
    "a host that the mesh does not import": [
      destinationRule(foreign),
      destinationRule(foreign),
      sidecar({ egress: [{ hosts: ["*/*", "~other/*"] }] }, { namespace: "istio-system" }),
    ],
    "ambient namespaces, which see only their own": [
      destinationRule({ host: "reviews.shop.svc.cluster.local" }),
      destinationRule({ host: "reviews.shop.svc.cluster.local" }, { namespace: "other" }),
      namespace("shop", { "istio.io/dataplane-mode": "ambient" }),
      namespace("other", { "istio.io/dataplane-mode": "ambient" }),
    ],
  },
  refuses: {
    "a subset twice": [
      [
        destinationRule({ host: "reviews", subsets: [{ name: "v1" }, { name: "v2" }] }),
        destinationRule({ host: "reviews.shop", subsets: [{ name: "v2" }] }),
      ],
      "0 spec.host",
      "1 spec.host",
    ],
    "all subsets and one": [
      [destinationRule({ host: "reviews" }), destinationRule({ host: "reviews", subsets: [{ name: "v1" }] })],
      "0 spec.host",
      "1 spec.host",
    ],
    "a host and a wildcard over it": [
      [destinationRule({ host: "reviews" }), destinationRule({ host: "*.shop.svc.cluster.local" })],
      "0 spec.host",
      "1 spec.host",
    ],
    "a host that a Sidecar imports": [
      [
        destinationRule(foreign),
        destinationRule(foreign),
        sidecar({ egress: [{ hosts: ["./*", "other/*.other.svc.cluster.local"] }] }),
      ],
      "0 spec.host",
      "1 spec.host",
    ],
    "mutual TLS for the namespace of others": [
      [
        destinationRule({ host: "*.other.svc.cluster.local", trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } }),
        destinationRule({ host: "reviews.other.svc.cluster.local" }),
      ],
      "0 spec.host",
      "1 spec.host",
    ],
  },
});
